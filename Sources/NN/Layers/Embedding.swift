package import Tensors

/// A row of numbers for each token.
///
/// - Shape: indices `[...]` give `[..., width]`.
package struct Embedding {
  package let weight: Tensor  // [count, width]

  package init(
    _ count: Int, _ width: Int, initializer: Initializer = .normal(standardDeviation: 1),
    in parameters: Parameters
  ) {
    weight = parameters.tensor("weight", [count, width], initializer)
  }

  package func callAsFunction(_ indices: Indices) -> Tensor {
    gatherRows(weight, indices)
  }
}
