import TestSupport
import Tensors
import Testing

struct TapeTests {
  @Test func `the tutorial's example gives 27 and 4.5`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor.ones([2, 2]), on: tape)
    let y = x + 2
    let z = y * y * 3
    let out = z.mean()
    #expect(z.scalars == [27, 27, 27, 27])
    out.backward()
    #expect(x.gradient?.scalars == [4.5, 4.5, 4.5, 4.5])
  }

  @Test func `a graph can be walked by its nodes`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2]), on: tape, name: "x")
    let y = exp(x) * x
    #expect(tape.nodes.map(\.operation) == ["exp", "multiply"])
    let product = y.recordedNode
    #expect(product?.inputs.map(\.operation) == ["exp", "x"])
    #expect(product?.inputs.first?.inputs.first === x.recordedNode)
    #expect(product?.shape == [2])
    #expect(x.recordedNode?.isLeaf == true)
  }

  @Test func `a walk clears the tape and replaces gradients, or adds to them on request`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor(3), on: tape)
    (x * x).backward()
    #expect(x.gradient?.item == 6)
    #expect(tape.nodes.isEmpty)
    (2 * x).backward()
    #expect(x.gradient?.item == 2)
    (2 * x).backward(accumulating: true)
    #expect(x.gradient?.item == 4)
  }

  @Test func `a tensor used many times gets the sum of its gradients`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2]), on: tape)
    let y = x * 3
    (y + y + y * y).sum().backward()
    #expect(x.gradient?.scalars == [24, 42])  // 2 * 3 + 2 y * 3
  }

  @Test func `seeds give vector-Jacobian products`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2, 3]), on: tape)
    (x * x).backward(with: Tensor([1, 10, 100]))
    #expect(x.gradient?.scalars == [2, 40, 600])
  }

  @Test func `constants, detached tensors and noGrad record nothing`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2]), on: tape)
    #expect(!x.detached().requiresGradient)
    #expect(!noGrad { x * x }.requiresGradient)
    #expect(!(Tensor([1]) + 1).requiresGradient)
    #expect((x + 1).requiresGradient)
    (x * x.detached()).sum().backward()
    #expect(x.gradient?.scalars == [1, 2])
  }

  @Test func `noGrad ends with its body, even by an error`() {
    struct Stop: Error {}
    let tape = Tape()
    let x = Tensor.variable(Tensor(1), on: tape)
    #expect(throws: Stop.self) { try noGrad { throw Stop() } }
    #expect((x + 1).requiresGradient)
  }

  @Test func `gradients can be asked for without a walk that clears`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2]), on: tape)
    let y = x * x
    let loss = (y * x).sum()
    let found = gradient(of: loss, for: [x, y])
    #expect(found[0].scalars == [3, 12])
    #expect(found[1].scalars == [1, 2])
    #expect(x.gradient == nil)
    loss.backward()
    #expect(x.gradient?.scalars == [3, 12])
  }

  @Test func `a gradient is not mixed with what an earlier one left at a leaf`() {
    let x = Tensor.variable(Tensor([1, 2]), on: Tape())
    let y = x * x
    let loss = y.sum()
    #expect(gradient(of: loss, for: [y])[0].scalars == [1, 1])
    #expect(gradient(of: loss, for: [x])[0].scalars == [2, 4])
  }

  @Test func `gradients can be differentiated again`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2]), on: tape)
    let slope = gradient(of: power(x, 3).sum(), for: [x], differentiable: true)[0]
    let curvature = gradient(of: slope.sum(), for: [x])[0]
    #expect(slope.scalars == [3, 12])
    #expect(curvature.scalars == [6, 12])
  }

  @Test func `leaves are reported when nothing can add to their gradients any more`() {
    let tape = Tape()
    let leaf = { (name: String) in Tensor.variable(Tensor([1, 2]), on: tape, name: name) }
    let (first, second, shared, unused) = (leaf("first"), leaf("second"), leaf("shared"), leaf("u"))
    let x = exp(first) * shared
    _ = x * unused
    var reported: [String] = []
    var gradients: [String: [Float]] = [:]
    (checkpoint(x) { tanh($0) * second } * shared).sum().backward { leaf in
      reported.append(leaf.operation)
      gradients[leaf.operation] = leaf.gradient?.scalars
    }
    #expect(reported == ["second", "shared", "first"])
    for leaf in [first, second, shared] {
      #expect(gradients[leaf.recordedNode?.operation ?? ""] == leaf.gradient?.scalars)
    }
    #expect(unused.gradient == nil)
  }

  @Test func `a long chain is walked and dropped without recursion`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor(0), on: tape)
    var y = x
    for _ in 0..<200_000 { y = y + 1 }
    y.backward()
    #expect(x.gradient?.item == 1)
    var z = x
    for _ in 0..<200_000 { z = z + 1 }
    tape.clear()
    #expect(tape.nodes.isEmpty && z.item == 200_000)
  }

  @Test func `buffers of a step return to where they came from`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor.ones([64, 64]), on: tape)
    let step = { silu(matmul(x, x) + x).sum().backward() }
    for _ in 0..<3 { step() }
    let before = MemoryUse.current
    for _ in 0..<20 { step() }
    #expect(MemoryUse.current.liveBytes == before.liveBytes)
    #expect(MemoryUse.current.systemAllocations == before.systemAllocations)
  }
}
