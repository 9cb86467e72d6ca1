package import DemoKit

/// All demos, sorted by id: the only list of them.
package enum Catalogue {
  package static let demos: [any Demo.Type] = [
    AdamWDemo.self,
    Autograd.self,
    DDIM.self,
    DDPM.self,
    DPO.self,
    FlashAttention.self,
    GradientCheckpointing.self,
    LLaMA.self,
    NNFunctional.self,
    RealNVPGlow.self,
    RLBasics.self,
    VAE.self,
  ]

  /// The demo of that name.
  package static func demo(_ id: DemoID) throws(DemoKitError) -> any Demo.Type {
    guard let demo = demos.first(where: { $0.id == id }) else {
      throw .unknownDemo(id.string, known: demos.map { $0.id.string })
    }
    return demo
  }
}
