import CKernels

/// exp(x) divided by its sum along the last axis.
package func softmax(_ x: Tensor) -> Tensor {
  let (rows, columns) = x.rowsAndColumns
  let y = Tensor(uninitialized: x.shape)
  withPointers(x, y) { kernels.pointee.softmax(rows, columns, $0, $1) }
  return y.recorded("softmax", x) { dy in
    guard let node = x.node else { return }
    guard !node.tape.isRecording else {
      let y = softmax(x)
      node.receive(y * (dy - (dy * y).sum(axis: -1, keepsAxis: true)))
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    withPointers(y, dy, dx) { kernels.pointee.softmaxGradient(rows, columns, $0, $1, $2) }
    node.receive(dx)
  }
}

/// The logarithm of `softmax`, without overflow.
package func logSoftmax(_ x: Tensor) -> Tensor {
  let (rows, columns) = x.rowsAndColumns
  let y = Tensor(uninitialized: x.shape)
  withPointers(x, y) { kernels.pointee.logSoftmax(rows, columns, $0, $1) }
  return y.recorded("logSoftmax", x) { dy in
    guard let node = x.node else { return }
    guard !node.tape.isRecording else {
      node.receive(dy - softmax(x) * dy.sum(axis: -1, keepsAxis: true))
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    withPointers(y, dy, dx) { kernels.pointee.logSoftmaxGradient(rows, columns, $0, $1, $2) }
    node.receive(dx)
  }
}

extension Tensor {
  /// The last axis as columns, all others as rows.
  var rowsAndColumns: (Int64, Int64) {
    let columns = shape[-1]
    return (Int64(columns == 0 ? 0 : count / columns), Int64(columns))
  }
}
