import CKernels
import Foundation
import TestSupport
import Testing

/// Images and windows on them, with the obvious form of what the kernels do.
private struct Grid {
  let images = 2
  let height: Int
  let width: Int
  let channels: Int
  let size: Int
  let stride: Int
  let padding: Int

  var rows: Int { (height + 2 * padding - size) / stride + 1 }
  var columns: Int { (width + 2 * padding - size) / stride + 1 }
  var count: Int { images * height * width * channels }
  var patchCount: Int { images * rows * columns }
  var patch: Int { size * size * channels }

  var windows: Windows {
    Windows(
      height: Int64(height), width: Int64(width), channels: Int64(channels), rows: Int64(rows),
      columns: Int64(columns), size: Int64(size), stride: Int64(stride), padding: Int64(padding))
  }

  /// Small images, every window that fits, channels on both sides of a vector.
  static var all: [Grid] {
    var grids: [Grid] = []
    for channels in [1, 2, 3, 7, 16, 19] {
      for (height, width) in [(1, 1), (4, 5), (5, 3)] {
        for size in 1...4 {
          for stride in 1...3 {
            for padding in 0...2 where size <= min(height, width) + 2 * padding {
              grids.append(
                Grid(
                  height: height, width: width, channels: channels, size: size, stride: stride,
                  padding: padding))
            }
          }
        }
      }
    }
    return grids
  }

  /// The place in the images that number `index` of the patches comes from, if it is no zero.
  func source(_ index: Int) -> Int? {
    let (window, place) = (index / patch, index % patch)
    let (y, x) = (place / channels / size, place / channels % size)
    let row = window / columns % rows * stride - padding + y
    let column = window % columns * stride - padding + x
    guard 0..<height ~= row, 0..<width ~= column else { return nil }
    let image = window / columns / rows
    return ((image * height + row) * width + column) * channels + place % channels
  }
}

struct ImageKernelTests {
  @Test func `patches are what windows see, in any block of windows`() {
    for kernels in flavours {
      for grid in Grid.all {
        var windows = grid.windows
        let x = spread(grid.count)
        let expected = (0..<grid.patchCount * grid.patch).map { grid.source($0).map { x[$0] } ?? 0 }
        for first in [0, grid.patchCount / 2] {
          let count = grid.patchCount - first
          let patches = written(count * grid.patch) {
            kernels.unfold(&windows, Int64(first), Int64(count), x, $0)
          }
          #expect(patches == Array(expected.dropFirst(first * grid.patch)), "\(grid)")
        }
      }
    }
  }

  @Test func `folding adds patches where they came from`() {
    for kernels in flavours {
      for grid in Grid.all {
        var windows = grid.windows
        let patches = spread(grid.patchCount * grid.patch)
        var expected = [Double](repeating: 1, count: grid.count)
        for index in patches.indices {
          if let place = grid.source(index) { expected[place] += Double(patches[index]) }
        }
        let x = written(grid.count) {
          $0.update(repeating: 1, count: grid.count)
          kernels.fold(&windows, 0, Int64(grid.patchCount), patches, $0)
        }
        expectClose(x.map(Double.init), expected, tolerance: 1e-5)
      }
    }
  }

  @Test func `pooling finds the first of the largest, and a NaN before all`() {
    for kernels in flavours {
      for grid in Grid.all where 2 * grid.padding <= grid.size {
        var windows = grid.windows
        var x = spread(grid.count).map { ($0 * 2).rounded() }  // with ties
        x[grid.count / 2] = .nan
        let results = grid.patchCount * grid.channels
        var places = [Int32](repeating: -1, count: results)
        let y = written(results) { kernels.maxPool(&windows, 2, x, $0, &places) }
        for index in 0..<results {
          let (window, channel) = (index / grid.channels, index % grid.channels)
          let seen = stride(from: channel, to: grid.patch, by: grid.channels)
            .compactMap { grid.source(window * grid.patch + $0) }
          let best = seen.dropFirst().reduce(seen[0]) { best, place in
            x[place] > x[best] || (x[place].isNaN && !x[best].isNaN) ? place : best
          }
          #expect(y[index] == x[best] || (y[index].isNaN && x[best].isNaN))
          #expect(Int(places[index]) == best / grid.channels % (grid.height * grid.width))
        }
      }
    }
  }

  @Test func `numbers go to their places and come back`() {
    let places: [Int32] = [3, 0, 3, 5, 1, 1, 2, 2]  // two images of 6 pixels, 2 results, 2 channels
    for kernels in flavours {
      let x = spread(24)
      let taken = written(8) { kernels.takePlaces(2, 2, 2, 6, x, places, $0) }
      let from = places.indices.map { $0 / 4 * 12 + Int(places[$0]) * 2 + $0 % 2 }
      #expect(taken == from.map { x[$0] })
      let added = written(24) {
        $0.update(repeating: 0, count: 24)
        kernels.addAtPlaces(2, 2, 2, 6, taken, places, $0)
      }
      var expected = [Float](repeating: 0, count: 24)
      for (place, value) in zip(from, taken) { expected[place] += value }
      #expect(added == expected)
    }
  }

  @Test func `blends and their adjoint agree with plain Swift`() {
    let (lower, upper): ([Int32], [Int32]) = ([0, 0, 2], [1, 0, 2])
    let share: [Float] = [0.25, 0, 0]
    for kernels in flavours {
      for inner in lengths.dropFirst() {
        var x = spread(2 * 3 * inner)
        x[2 * inner] = .infinity  // copied, never multiplied by a share of zero
        let y = written(2 * 3 * inner) {
          kernels.blend(2, 3, 3, Int64(inner), lower, upper, share, x, $0)
        }
        let dx = written(2 * 3 * inner) {
          $0.update(repeating: 0, count: 2 * 3 * inner)
          kernels.addBlend(2, 3, 3, Int64(inner), lower, upper, share, x, $0)
        }
        for (o, i) in (0..<2).flatMap({ o in (0..<inner).map { (o, $0) } }) {
          let line = { (t: Int) in x[(o * 3 + t) * inner + i] }
          let blended = [line(0) * 0.75 + line(1) * 0.25, line(0), line(2)]
          let added = [line(0) * 0.75 + line(1), line(0) * 0.25, line(2)]
          for t in 0..<3 {
            let place = (o * 3 + t) * inner + i
            #expect(y[place] == blended[t] || abs(y[place] - blended[t]) < 1e-6)
            #expect(dx[place] == added[t] || abs(dx[place] - added[t]) < 1e-6)
          }
        }
      }
    }
  }

  @Test func `group normalisation agrees with Double`() {
    let pixels = 5
    for kernels in flavours {
      for (channels, width) in [(1, 1), (6, 3), (8, 8), (16, 4), (34, 17), (35, 5)] {
        let count = 2 * pixels * channels
        let (x, gain) = (spread(count, 1...4), spread(channels, seed: 2))
        let bias = spread(channels, seed: 3)
        var mean = [Float](repeating: 0, count: 2 * channels)
        var rate = mean
        let y = written(count) {
          kernels.groupNorm(
            2, Int64(pixels), Int64(channels), Int64(width), 1e-5, x, gain, bias, $0, &mean, &rate)
        }
        let expected = (0..<count).map { place in
          let (image, channel) = (place / channels / pixels, place % channels)
          let first = channel / width * width
          let group = (0..<pixels).flatMap { pixel in
            (first..<first + width).map { Double(x[(image * pixels + pixel) * channels + $0]) }
          }
          let mean = group.reduce(0, +) / Double(group.count)
          let variance = group.reduce(0) { $0 + pow($1 - mean, 2) } / Double(group.count)
          return (Double(x[place]) - mean) / (variance + 1e-5).squareRoot() * Double(gain[channel])
            + Double(bias[channel])
        }
        expectClose(y.map(Double.init), expected, tolerance: 2e-5)
      }
    }
  }

  @Test func `flavours with fused multiply-add agree bit for bit`() {
    let grid = Grid(height: 5, width: 4, channels: 19, size: 3, stride: 1, padding: 1)
    let (patches, x) = (spread(grid.patchCount * grid.patch), spread(grid.count))
    let (gain, bias) = (spread(19, seed: 2), spread(19, seed: 3))
    let results = fusedFlavours.map { kernels in
      var windows = grid.windows
      var (mean, rate) = ([Float](repeating: 0, count: 38), [Float](repeating: 0, count: 38))
      var (dGain, dBias) = (gain, bias)
      var scratch = mean
      let folded = written(grid.count) {
        $0.update(repeating: 0, count: grid.count)
        kernels.fold(&windows, 0, Int64(grid.patchCount), patches, $0)
      }
      let normal = written(grid.count) {
        kernels.groupNorm(2, 20, 19, 19, 1e-5, x, gain, bias, $0, &mean, &rate)
      }
      let gradient = written(grid.count) {
        kernels.groupNormGradient(
          2, 20, 19, 19, x, gain, mean, rate, folded, $0, &dGain, &dBias, &scratch)
      }
      return [folded, normal, gradient, dGain, dBias].joined().map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results.first })
  }
}
