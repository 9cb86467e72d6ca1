import CKernels
import Foundation
import TestSupport
import Testing

struct LayerKernelTests {
  @Test func `a linear layer and its slope agree with Double`() {
    for kernels in flavours {
      for (rows, inner, columns) in [(1, 1, 1), (3, 5, 2), (50, 7, 33), (97, 20, 64)] {
        let x = spread(rows * inner, -1...1)
        let weight = spread(inner * columns, -1...1, seed: 2)
        let bias = spread(columns, seed: 3)
        var slope = [Float](repeating: 0, count: rows * columns)
        let y = written(rows * columns) { y in
          x.withUnsafeBufferPointer { x in
            weight.withUnsafeBufferPointer { weight in
              guard let a = x.baseAddress, let b = weight.baseAddress else { return }
              var product = Product(
                rows: Int64(rows), columns: Int64(columns), inner: Int64(inner), a: a,
                aRow: Int64(inner), aColumn: 1, b: b, bRow: Int64(columns), bColumn: 1, c: y,
                cRow: Int64(columns), accumulates: 0)
              var scratch = [Float](repeating: 0, count: Int(kernels.productScratch(&product)))
              kernels.linear(&product, bias, .tanh, &slope, &scratch)
            }
          }
        }
        let expected = (0..<rows * columns).map { place in
          let (row, column) = (place / columns, place % columns)
          return tanh(
            (0..<inner).reduce(Double(bias[column])) {
              $0 + Double(x[row * inner + $1]) * Double(weight[$1 * columns + column])
            })
        }
        expectClose(y.map(Double.init), expected, tolerance: 5e-6)
        expectClose(slope.map(Double.init), expected.map { 1 - $0 * $0 }, tolerance: 5e-6)
      }
    }
  }

  @Test func `the gradient of a linear layer passes the slope and sums columns`() {
    for kernels in flavours {
      for columns in lengths.dropFirst() {
        let (dy, slope) = (spread(3 * columns), spread(3 * columns, seed: 2))
        var sums = [Float](repeating: 1, count: columns)
        let dz = written(3 * columns) {
          kernels.linearGradient(3, Int64(columns), dy, slope, $0, &sums, 1)
        }
        let products = zip(dy, slope).map { $0 * $1 }
        #expect(dz == products)
        let expected = (0..<columns).map {
          1 + products[$0] + products[$0 + columns] + products[$0 + 2 * columns]
        }
        expectClose(sums, expected, tolerance: 1e-5)
      }
    }
  }

  @Test func `a step of Adam agrees with Double`() {
    let step = AdamStep(
      learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, correction1: 2, correction2: 3,
      decay: 0.01, penalty: 0.2)
    for kernels in flavours {
      for count in lengths {
        let (gradient, start) = (spread(count), spread(count, seed: 2))
        var mean = spread(count, seed: 3)
        var square = spread(count, 0.1...1, seed: 4)
        let (oldMean, oldSquare) = (mean, square)
        let parameter = written(count) {
          $0.update(from: start, count: count)
          kernels.adam(Int64(count), step, gradient, &mean, &square, $0)
        }
        for index in 0..<count {
          let pull = Double(gradient[index]) + 0.2 * Double(start[index])
          let m = 0.9 * Double(oldMean[index]) + 0.1 * pull
          let v = 0.99 * Double(oldSquare[index]) + 0.01 * pull * pull
          let moved = Double(start[index]) * 0.99 - 0.1 * 2 * m / (v.squareRoot() * 3 + 1e-8)
          expectClose(
            [mean[index], square[index], parameter[index]].map(Double.init), [m, v, moved],
            tolerance: 2e-6)
        }
      }
    }
  }

  @Test func `rotations agree with plain Swift`() {
    for kernels in flavours {
      for half in 1...35 {
        let (x, cosine, sine) = (
          spread(2 * 3 * 2 * 2 * half), spread(3 * half, seed: 2), spread(3 * half, seed: 3)
        )
        let y = written(x.count) {
          kernels.rotate(2, 3, 2, Int64(half), x, cosine, sine, $0)
        }
        let expected = x.indices.map { place in
          let (row, channel) = (place / (2 * half), place % (2 * half))
          let angle = row / 2 % 3 * half + channel % half
          let other = channel < half ? -x[place + half] : x[place - half]
          return x[place] * cosine[angle] + other * sine[angle]
        }
        expectClose(y, expected, tolerance: 2e-6)
      }
    }
  }

  @Test func `words become the uniform and normal numbers of their formulas`() {
    for kernels in flavours {
      var words = [UInt32](repeating: 0, count: 4_096)
      kernels.words(4_096, 17, 3, 0, &words)
      words[0] = 0
      words[1] = .max
      let uniform = { (word: UInt32) in (Double(word >> 1) + 0.5) / 2_147_483_648 }
      var uniforms = words
      kernels.uniforms(4_096, &uniforms)
      expectClose(
        uniforms.map { Double(Float(bitPattern: $0)) }, words.map(uniform), tolerance: 1e-7)
      #expect(uniforms.allSatisfy { 0 < Float(bitPattern: $0) && Float(bitPattern: $0) <= 1 })
      var normals = words
      kernels.normals(4_096, &normals)
      let expected = words.indices.map { index in
        let first = index / 32 * 32 + index % 16
        let radius = (-2 * log(uniform(words[first]))).squareRoot()
        let angle = Double(Int32(bitPattern: words[first + 16])) / 2_147_483_648 * Double.pi
        return radius * (index % 32 < 16 ? cos(angle) : sin(angle))
      }
      // A uniform number next to 1 is rounded to 1, which moves the smallest radii.
      expectClose(
        normals.map { Double(Float(bitPattern: $0)) }, expected, tolerance: 4e-4)
    }
  }
}
