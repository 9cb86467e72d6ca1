package import NN
package import Tensors

/// A feed-forward layer of many experts, of which each token is sent to a few.
///
///     s_i = σ(x · c_i)         the affinity of a token to expert i
///     T = the k experts with the largest s_i + b_i
///     y = Σ shared(x) + Σ_{i in T} g_i expert_i(x),   g_i = s_i / Σ_{j in T} s_j
///
/// The bias `b` takes part in the choice alone. `balance(loads:by:)` raises it for experts that got
/// too little and lowers it for those that got too much, so no auxiliary loss is needed.
///
/// - Shape: `x` and `y` are `[B, T, C]`.
/// - Source: Dai et al., "DeepSeekMoE", 2024, arXiv:2401.06066; DeepSeek-AI, "DeepSeek-V3 technical
///   report", 2024, arXiv:2412.19437.
package struct MixtureOfExperts {
  private let centroids: Tensor  // [C, N]
  private let bias: Tensor  // [N], not a parameter: no gradient reaches it
  private let experts: [SwiGLU]
  private let shared: [SwiGLU]
  private let chosen: Int

  /// What a layer gives, and how it used its experts.
  package struct Output {
    package let y: Tensor
    /// The tokens that each expert got.
    package let loads: [Int]
    /// The mean affinity of each expert over all tokens, normalised per token: for auxiliary losses.
    package let affinities: Tensor  // [N]
  }

  package init(
    _ width: Int, hidden: Int, experts count: Int, chosen: Int, shared sharedCount: Int = 0,
    in parameters: Parameters
  ) {
    require(0 < chosen && chosen <= count, "MixtureOfExperts: \(chosen) of \(count) experts")
    self.chosen = chosen
    centroids = parameters.tensor("centroids", [width, count], .fanIn(width))
    bias = .zeros([count])
    experts = (0..<count).map { SwiGLU(width, hidden: hidden, in: parameters.scope("expert", $0)) }
    shared = (0..<sharedCount).map {
      SwiGLU(width, hidden: hidden, in: parameters.scope("shared", $0))
    }
  }

  // region: route
  package func callAsFunction(_ x: Tensor) -> Output {
    let tokens = x.reshaped([x.count / x.shape[-1], x.shape[-1]])  // [M, C]
    let scores = sigmoid(matmul(tokens, centroids))  // [M, N]
    let places = noGrad { (scores.detached() + bias).top(chosen).places }  // [M, k]
    let selected = gatherLast(scores, places)  // [M, k]
    let gates = selected / selected.sum(axis: -1, keepsAxis: true)  // [M, k]
    let routes = routes(places)
    var parts = shared.map { $0(tokens) }
    for (expert, route) in zip(experts, routes) where !route.tokens.isEmpty {
      let rows = Indices(route.tokens)
      let gate = gatherRows(gates.reshaped([gates.count, 1]), Indices(route.slots))  // [m, 1]
      let y = expert(gatherRows(tokens, rows)) * gate  // [m, C]
      parts.append(scatterRows(y, rows, count: tokens.shape[0]))
    }
    let sum = parts.dropFirst().reduce(parts[0]) { $0 + $1 }
    let shares = scores / scores.sum(axis: -1, keepsAxis: true)
    return Output(
      y: sum.reshaped(x.shape), loads: routes.map(\.tokens.count),
      affinities: shares.mean(axis: 0))
  }
  // endregion: route

  /// The tokens of each expert, and the places of their gates among all `[M, k]`.
  private func routes(_ places: Indices) -> [(tokens: [Int], slots: [Int])] {
    var routes = [(tokens: [Int], slots: [Int])](repeating: ([], []), count: experts.count)
    for (slot, expert) in places.values.enumerated() {
      routes[Int(expert)].tokens.append(slot / chosen)
      routes[Int(expert)].slots.append(slot)
    }
    return routes
  }

  // region: balance
  /// Moves the biases towards even loads: up by `speed` below the mean, down by it above.
  package func balance(loads: [Int], by speed: Float) {
    let mean = Float(loads.reduce(0, +)) / Float(loads.count)
    bias.add(
      Tensor(
        loads.map { load in
          let gap = mean - Float(load)
          return gap > 0 ? speed : gap < 0 ? -speed : 0
        }))
  }
  // endregion: balance

  /// How far the loads are from even: the largest over the mean, less one.
  package static func violation(_ loads: [Int]) -> Double {
    let mean = Double(loads.reduce(0, +)) / Double(loads.count)
    return Double(loads.max() ?? 0) / mean - 1
  }
}
