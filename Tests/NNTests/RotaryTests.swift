import NN
import TestSupport
import Tensors
import Testing

struct RotaryTests {
  // x = wave((1, 3, 2, 4), 0.).transpose(1, 2)
  // a = torch.arange(3)[:, None] * 10000 ** (-torch.arange(0, 4, 2) / 4)
  // a = torch.cat([a, a], 1)
  // y = x * a.cos() + torch.cat([-x[..., 2:], x[..., :2]], -1) * a.sin()
  // print(y.transpose(1, 2))
  @Test func `rotations equal PyTorch's`() {
    expectClose(
      rotary(wave([1, 3, 2, 4], 0)).scalars,
      [
        0, 0.6442177, 0.9854497, 0.8632094, 0.3349881, -0.3507832, -0.8715758, -0.9824526,
        -0.8939101, 0.006931542, -0.1762212, 0.988287, 0.7701234, 0.3278792, 0.5211106,
        -0.8764609, 0.3769084, -0.631404, -0.9043559, 0.657074, -0.6878629, 0.8532186, 0.774615,
        -0.3650812,
      ], tolerance: 2e-6)
  }

  @Test func `a later start continues the positions`() {
    let x = wave([1, 5, 2, 4], 0)
    let tail = rotary(x.slice(axis: 1, 2..<5), firstPosition: 2)
    #expect(tail.scalars == rotary(x).slice(axis: 1, 2..<5).scalars)
  }

  @Test func `each position turns as if it stood in a whole sequence`() {
    let x = wave([2, 2, 2, 4], 0)
    let turned = rotary(x, positions: Indices([0, 1, 7, 0], shape: [2, 2])).reshaped([4, 8])
    let single = { (row: Int, position: Int) in
      rotary(x.reshaped([4, 1, 2, 4]).rows(row..<row + 1), firstPosition: position).scalars
    }
    for (row, position) in [0, 1, 7, 0].enumerated() {
      #expect(turned.rows(row..<row + 1).scalars == single(row, position))
    }
  }

  // x = wave((1, 3, 1, 8), 0.)
  // rows, columns = torch.tensor([0, 0, 1]), torch.tensor([0, 1, 2])
  // f = 10000 ** (-torch.arange(0, 4, 2) / 4)
  // a = torch.cat([rows[:, None] * f, columns[:, None] * f], 1)
  // a = torch.cat([a, a], 1)[:, None]
  // print(x * a.cos() + torch.cat([-x[..., 4:], x[..., :4]], -1) * a.sin())
  @Test func `rotations by row and column equal PyTorch's`() {
    let y = rotary(wave([1, 3, 1, 8], 0), rows: Indices([0, 0, 1]), columns: Indices([0, 1, 2]))
    expectClose(
      y.scalars,
      [
        0, 0.6442177, 0.9854497, 0.8632094, 0.3349881, -0.3507832, -0.8715758, -0.9824526,
        -0.6312667, 0.0168139, 0.663353, 0.9969156, 0.8545989, 0.3190984, 0.3548256, -0.8697703,
        -1.362619, -0.6265635, -0.2896169, 0.6770768, -0.2887222, 0.8395233, -0.09556839,
        -0.3686045,
      ], tolerance: 2e-6)
  }
}
