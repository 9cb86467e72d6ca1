import NN
import TestSupport
import Testing

struct SchedulesTests {
  // o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
  // s = torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=10, eta_min=0.1)
  @Test func `the cosine equals PyTorch's`() {
    let schedule = Schedule.warmupCosine(peak: 1, warmup: 0, total: 10, end: 0.1)
    expectClose(
      (0..<10).map { schedule($0) },
      [
        1, 0.9779754, 0.9140576, 0.8145034, 0.6890576, 0.55, 0.4109424, 0.2854966, 0.1859424,
        0.1220246,
      ], tolerance: 1e-6)
    expectClose(schedule(10), 0.1, tolerance: 1e-6)
  }

  // from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR
  // o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=2.0)
  // s = SequentialLR(o, [LinearLR(o, start_factor=1 / 4, total_iters=3),
  //                      CosineAnnealingLR(o, T_max=6, eta_min=0.2)], milestones=[4])
  @Test func `warm-up and cosine in a row equal PyTorch's`() {
    let schedule = Schedule.warmupCosine(peak: 2, warmup: 4, total: 10, end: 0.2)
    expectClose(
      (0..<10).map { schedule($0) },
      [0.5, 1, 1.5, 2, 2, 1.879423, 1.55, 1.1, 0.65, 0.3205771], tolerance: 1e-6)
  }

  // s = torch.optim.lr_scheduler.MultiStepLR(o, milestones=[2, 5], gamma=0.1)
  @Test func `milestones equal PyTorch's`() {
    let schedule = Schedule.multiStep(start: 1, milestones: [2, 5], factor: 0.1)
    expectClose((0..<7).map { schedule($0) }, [1, 1, 0.1, 0.1, 0.1, 0.01, 0.01], tolerance: 1e-6)
  }

  @Test func `the warm-up is linear and ends at the peak`() {
    let schedule = Schedule.warmupCosine(peak: 2, warmup: 4, total: 10)
    expectClose((0..<5).map { schedule($0) }, [0.5, 1, 1.5, 2, 2], tolerance: 1e-6)
    #expect(Schedule.constant(0.3)(17) == 0.3)
  }
}
