import NN
import TestSupport
import Tensors
import Testing

struct EmbeddingTests {
  // e = torch.nn.Embedding(3, 2); e.weight.data = wave((3, 2), 0.)
  // y = e(torch.tensor([[2, 0], [2, 1]])); (y * wave((2, 2, 2), 1.)).sum().backward()
  // print(y, e.weight.grad)
  @Test func `rows and their gradient equal PyTorch's`() {
    let embed = Embedding(3, 2, in: Parameters(RandomSource(seed: 1)))
    embed.weight.assign(wave([3, 2], 0))
    let y = embed(Indices([2, 0, 2, 1], shape: [2, 2]))
    expectClose(
      y.scalars,
      [0.3349881, -0.3507832, 0, 0.6442177, 0.3349881, -0.3507832, 0.9854497, 0.8632094],
      tolerance: 1e-6)
    (y * wave([2, 2, 2], 1)).sum().backward()
    expectClose(
      embed.weight.gradient?.scalars ?? [],
      [0.6754632, 0.04158066, -0.8834547, -0.3738767, 0.2296131, 0.01413471], tolerance: 1e-6)
  }
}
