import DemoKit
import Tensors

/// What the two scales of a flow hold: one half of the code of an image is drawn anew.
extension RealNVPGlow {
  struct ScaleCheck {
    private let images: Tensor  // [N, 64]
    /// The images with the half that left at the first scale drawn anew.
    private let firstRedrawn: Tensor
    /// The images with the half that stayed to the second scale drawn anew.
    private let secondRedrawn: Tensor

    // region: redraw
    init(_ model: FlowModel, _ images: Tensor, _ random: RandomSource) {
      var random = random
      let z = noGrad { model.encoded(images).z }
      let fresh = random.normal(z.shape)
      let half = z.shape[1] / 2
      func first(_ z: Tensor) -> Tensor { z.slice(axis: 1, 0..<half) }
      func second(_ z: Tensor) -> Tensor { z.slice(axis: 1, half..<2 * half) }
      self.images = images
      (firstRedrawn, secondRedrawn) = noGrad {
        (
          model.decoded(concatenated([first(fresh), second(z)])),
          model.decoded(concatenated([first(z), second(fresh)]))
        )
      }
    }
    // endregion: redraw

    /// Ten images, and below each the two it becomes.
    var picture: DemoEvent {
      let rows = [images, firstRedrawn, secondRedrawn].map { $0.rows(0..<10) }
      return RealNVPGlow.sheet("原图；重抽第一尺度；重抽第二尺度", concatenated(rows, axis: 0))
    }

    var claim: Claim {
      let changes = [firstRedrawn, secondRedrawn].map { redrawn in
        Double(square(redrawn - images).mean().item).squareRoot()
      }
      return Claim(
        "仿射流·1×1 卷积：重抽第一尺度对像素的改动小于重抽第二尺度（均方根，灰度级）",
        expected: "< \(changes[1].fixed())", measured: changes[0].fixed(),
        holds: changes[0] < changes[1])
    }
  }
}
