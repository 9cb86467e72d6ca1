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
}
