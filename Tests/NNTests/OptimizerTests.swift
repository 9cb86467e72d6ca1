import NN
import TestSupport
import Tensors
import Testing

struct OptimizerTests {
  /// Ten steps on a bowl whose sides differ in steepness.
  ///
  ///     def train(make):
  ///         w = wave((6,), 0.).requires_grad_(); o = make([w])
  ///         for _ in range(10):
  ///             o.zero_grad()
  ///             ((w - wave((6,), 1.))**2 * torch.arange(1., 7.)).sum().backward()
  ///             o.step()
  ///         print(w)
  private func trained(_ make: (Parameters) -> any Optimizer) -> [Float] {
    let parameters = Parameters(RandomSource(seed: 1))
    let weights = parameters.tensor("weights", [6], .zeros)
    weights.assign(wave([6], 0))
    let optimizer = make(parameters)
    for _ in 0..<10 {
      (square(weights - wave([6], 1)) * Tensor([1, 2, 3, 4, 5, 6])).sum().backward()
      optimizer.step()
    }
    return weights.scalars
  }

  // train(lambda p: torch.optim.SGD(p, lr=0.02))
  @Test func `gradient descent follows PyTorch's path`() {
    expectClose(
      trained { SGD($0, learningRate: 0.02) },
      [0.2820336, 0.8407378, 0.7617947, 0.1852845, -0.5101911, -0.9372372], tolerance: 2e-6)
  }

  // train(lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.1))
  @Test func `momentum and penalty follow PyTorch's path`() {
    expectClose(
      trained { SGD($0, learningRate: 0.02, momentum: 0.9, penalty: 0.1) },
      [0.9519808, 1.151435, 0.4942217, -0.1938347, -0.5874214, -0.7865015], tolerance: 5e-6)
  }

  // train(lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.1))
  @Test func `Adam follows PyTorch's path`() {
    expectClose(
      trained { Adam($0, learningRate: 0.05, penalty: 0.1) },
      [0.4828975, 1.054109, 0.5768081, 0.3796508, -0.15158, -0.8247184], tolerance: 5e-6)
  }

  // train(lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1))
  @Test func `AdamW follows PyTorch's path`() {
    expectClose(
      trained { AdamW($0, learningRate: 0.05, weightDecay: 0.1) },
      [0.4735341, 1.03659, 0.5641481, 0.3502664, -0.1567481, -0.799367], tolerance: 5e-6)
  }

  // m = torch.nn.ParameterList([wave((6,), 0.)])
  // from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
  // e = AveragedModel(m, multi_avg_fn=get_ema_multi_avg_fn(0.8))
  // e.update_parameters(m)  # the first update copies
  // o = torch.optim.AdamW(m.parameters(), betas=(0.8, 0.95), weight_decay=0.1)
  // for step in range(10):
  //     o.param_groups[0]["lr"] = 0.1 * (step + 1) / 10
  //     o.zero_grad()
  //     ((m[0] - wave((6,), 1.))**2 * torch.arange(1., 7.)).sum().backward()
  //     torch.nn.utils.clip_grad_norm_(m.parameters(), 2.0)
  //     o.step(); e.update_parameters(m)
  // print(m[0], e.module[0])
  @Test func `clipping, a schedule and a running average together follow PyTorch's path`() {
    let parameters = Parameters(RandomSource(seed: 1))
    let weights = parameters.tensor("weights", [6], .zeros)
    weights.assign(wave([6], 0))
    let average = WeightAverage(parameters, decay: 0.8)
    let optimizer = AdamW(parameters, beta1: 0.8, beta2: 0.95, weightDecay: 0.1)
    for step in 0..<10 {
      optimizer.learningRate = 0.1 * Float(step + 1) / 10
      (square(weights - wave([6], 1)) * Tensor([1, 2, 3, 4, 5, 6])).sum().backward()
      parameters.clipGradients(toNorm: 2)
      optimizer.step()
      average.update()
    }
    expectClose(
      weights.scalars, [0.5397689, 1.068908, 0.5540486, 0.2810019, -0.2253077, -0.8603053],
      tolerance: 5e-6)
    average.applied {
      expectClose(
        weights.scalars, [0.2886277, 0.8886217, 0.7200038, 0.5510951, 0.03584347, -0.6254767],
        tolerance: 5e-6)
    }
  }

  // g = torch.zeros(6, requires_grad=True); g.grad = wave((6,), 0.) * 3
  // print(torch.nn.utils.clip_grad_norm_([g], 1.0), g.grad)
  @Test func `clipping shrinks gradients as PyTorch does`() {
    let parameters = Parameters(RandomSource(seed: 1))
    let weights = parameters.tensor("weights", [6], .zeros)
    (weights * (3 * wave([6], 0))).sum().backward()
    expectClose(parameters.clipGradients(toNorm: 1), 4.615_053, tolerance: 1e-6)
    expectClose(
      parameters.gradients.scalars,
      [0, 0.4187714, 0.6405882, 0.5611263, 0.2177579, -0.2280254], tolerance: 1e-6)
    #expect(parameters.clipGradients(toNorm: 10) <= 1)
  }
}
