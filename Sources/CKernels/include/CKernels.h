/// The inner loops of the compute core, and the free lists its buffers come from.
///
/// Every kernel is written once, in portable C, and built for several instruction sets. Swift gets
/// the fastest set this processor has as one table of functions. Kernels allocate nothing and keep
/// no state; scratch memory comes from the caller.
#pragma once

#include <stdint.h>

#pragma clang assume_nonnull begin

#define CLOSED_ENUM __attribute__((enum_extensibility(closed)))

/// A function of one variable, applied to each element.
typedef enum CLOSED_ENUM MapKind : int32_t {
  MapKindExp,
  MapKindLog,
  MapKindSqrt,
  MapKindReciprocal,
  MapKindAbs,
  MapKindSquare,
  MapKindSin,
  MapKindCos,
  MapKindTanh,
  MapKindSigmoid,
  MapKindRelu,
  MapKindSilu,
  MapKindGelu,
  MapKindSoftplus,
  MapKindLogSigmoid,
} MapKind;

/// A function of two variables. Comparisons give 1 or 0.
typedef enum CLOSED_ENUM BinaryKind : int32_t {
  BinaryKindAdd,
  BinaryKindSubtract,
  BinaryKindMultiply,
  BinaryKindDivide,
  BinaryKindMinimum,
  BinaryKindMaximum,
  BinaryKindLess,
  BinaryKindEqual,
} BinaryKind;

/// What follows the affine map in a fused linear layer.
typedef enum CLOSED_ENUM ActivationKind : int32_t {
  ActivationKindNone,
  ActivationKindRelu,
  ActivationKindSilu,
  ActivationKindGelu,
  ActivationKindTanh,
  ActivationKindSigmoid,
} ActivationKind;

/// Four nested loops over two operands; a step of 0 repeats an operand along that loop.
///
/// The innermost steps are 0 or 1. The result is contiguous.
typedef struct Broadcast {
  int64_t count[4];
  int64_t leftStep[4];
  int64_t rightStep[4];
} Broadcast;

/// `c (+)= a b`, where row and column steps of `a` and `b` make a transpose free.
typedef struct Product {
  int64_t rows, columns, inner;
  const float *a;
  int64_t aRow, aColumn;
  const float *b;
  int64_t bRow, bColumn;
  float *c;
  int64_t cRow;
  int32_t accumulates;
} Product;

/// The places of a square window on images of `[height, width, channels]` with zeros around them.
typedef struct Windows {
  int64_t height, width, channels;
  /// How many places there are in one image.
  int64_t rows, columns;
  int64_t size, stride, padding;
} Windows;

/// Attention over the heads of a batch, and which keys each query sees.
///
/// Queries are `[batch, queries, heads, width]`, keys and values `[batch, keys, keyHeads, width]`;
/// `keyHeads` divides `heads`, and neighbouring heads share one of keys and values.
typedef struct Attention {
  int64_t batch, queries, keys, heads, keyHeads, width;
  /// Query `i` of row `b` sees the keys from `first[b * maskStep + i]` to before
  /// `end[b * maskStep + i]`. Neither ever falls from one query to the next.
  const int32_t *first, *end;
  int64_t maskStep;
  /// What scores are multiplied by: 1 / √width.
  float scale;
} Attention;

/// One step of Adam over a slice of parameters. See `AdamW` in NN for the formula.
typedef struct AdamStep {
  float learningRate, beta1, beta2, epsilon;
  /// 1 / (1 - beta1^t) and 1 / sqrt(1 - beta2^t).
  float correction1, correction2;
  /// Decoupled decay, already multiplied by the learning rate.
  float decay;
  /// Decay added to the gradient.
  float penalty;
} AdamStep;

/// The kernels of one instruction set.
typedef struct KernelTable {
  const char *name;

  /// Floats of scratch that `product` and `linear` need for this shape.
  int64_t (*productScratch)(const Product *shape);
  void (*product)(const Product *shape, float *_Nullable scratch);
  /// `c = activation(a b + bias)`; also the activation's derivative where `derivative` is given.
  void (*linear)(
      const Product *shape, const float *_Nullable bias, ActivationKind activation,
      float *_Nullable derivative, float *_Nullable scratch);
  /// `result = gradient * derivative` and the sums of its columns (added where asked) in one pass.
  void (*linearGradient)(
      int64_t rows, int64_t columns, const float *gradient, const float *_Nullable derivative,
      float *result, float *_Nullable columnSums, int32_t accumulates);

  void (*map)(MapKind kind, int64_t count, const float *x, float *y);
  /// `dx = dy * f'(x)`, with `y = f(x)` at hand.
  void (*mapGradient)(
      MapKind kind, int64_t count, const float *x, const float *y, const float *dy, float *dx);
  void (*binary)(
      BinaryKind kind, const Broadcast *loops, const float *left, const float *right, float *y);
  /// `y = x * scale + offset`.
  void (*affine)(int64_t count, const float *x, float scale, float offset, float *y);
  /// `y += x * scale`.
  void (*addScaled)(int64_t count, const float *x, float scale, float *y);
  /// `y = condition != 0 ? a : b`.
  void (*select)(int64_t count, const float *condition, const float *a, const float *b, float *y);

  float (*sum)(int64_t count, const float *x);
  float (*dot)(int64_t count, const float *x, const float *y);
  float (*maximum)(int64_t count, const float *x);
  /// Sums and maxima over the middle axis of `[outer, middle, inner]`.
  void (*sumAxis)(int64_t outer, int64_t middle, int64_t inner, const float *x, float *y);
  void (*maximumAxis)(int64_t outer, int64_t middle, int64_t inner, const float *x, float *y);

  void (*softmax)(int64_t rows, int64_t columns, const float *x, float *y);
  void (*softmaxGradient)(
      int64_t rows, int64_t columns, const float *y, const float *dy, float *dx);
  void (*logSoftmax)(int64_t rows, int64_t columns, const float *x, float *y);
  void (*logSoftmaxGradient)(
      int64_t rows, int64_t columns, const float *y, const float *dy, float *dx);
  /// Softmax of `x * scale` in row `i` over its columns from `first[i]` to before `end[i]`; zeros
  /// elsewhere. In place.
  void (*maskedSoftmax)(
      int64_t rows, int64_t columns, const int32_t *first, const int32_t *end, float scale,
      float *x);
  /// `loss = weight * (logSumExp(x) - x[target])` per row; the second is kept for the gradient.
  /// A row without weight or with a target below 0 counts nothing and is not read.
  void (*crossEntropy)(
      int64_t rows, int64_t columns, const float *x, const int32_t *targets,
      const float *_Nullable weights, float *loss, float *logSumExp);
  /// `dx = weight * (softmax(x) - one at the target) * scale`.
  void (*crossEntropyGradient)(
      int64_t rows, int64_t columns, const float *x, const int32_t *targets,
      const float *_Nullable weights, const float *logSumExp, float scale, float *dx);

  /// Floats of scratch that `attention` and its gradient need.
  int64_t (*attentionScratch)(const Attention *sizes);
  /// `y = softmax(q kᵀ scale) v`; `logSumExp`, `[batch, heads, queries]`, is kept for the
  /// gradient.
  void (*attention)(
      const Attention *sizes, const float *q, const float *k, const float *v, float *y,
      float *logSumExp, float *scratch);
  void (*attentionGradient)(
      const Attention *sizes, const float *q, const float *k, const float *v, const float *y,
      const float *logSumExp, const float *dy, float *dq, float *dk, float *dv, float *scratch);

  /// `y = (x - mean) * rate * gain + bias` per row; mean and rate are kept for the gradient.
  void (*layerNorm)(
      int64_t rows, int64_t columns, float epsilon, const float *x, const float *gain,
      const float *bias, float *y, float *mean, float *rate);
  void (*layerNormGradient)(
      int64_t rows, int64_t columns, const float *x, const float *gain, const float *mean,
      const float *rate, const float *dy, float *dx, float *dGain, float *dBias);
  /// `y = x * rate * gain`, where `rate = 1 / sqrt(mean(x²) + epsilon)` per row.
  void (*rmsNorm)(
      int64_t rows, int64_t columns, float epsilon, const float *x, const float *gain, float *y,
      float *rate);
  void (*rmsNormGradient)(
      int64_t rows, int64_t columns, const float *x, const float *gain, const float *rate,
      const float *dy, float *dx, float *dGain);

  /// `y = (x - mean) * rate * gain + bias`, with mean and rate over the pixels of an image and the
  /// `width` channels of a group; each channel keeps its group's, in `[images, channels]`.
  void (*groupNorm)(
      int64_t images, int64_t pixels, int64_t channels, int64_t width, float epsilon,
      const float *x, const float *gain, const float *bias, float *y, float *mean, float *rate);
  /// Adds to `dGain` and `dBias`; `scratch` holds two rows of channels.
  void (*groupNormGradient)(
      int64_t images, int64_t pixels, int64_t channels, int64_t width, const float *x,
      const float *gain, const float *mean, const float *rate, const float *dy, float *dx,
      float *dGain, float *dBias, float *scratch);

  /// Rotates channels `i` and `half + i` of `[batch, length, heads, 2 half]` by the angles of a
  /// position, given as `[length, half]` cosines and sines.
  void (*rotate)(
      int64_t batch, int64_t length, int64_t heads, int64_t half, const float *x,
      const float *cosine, const float *sine, float *y);

  /// Rows of patches, `[count, size * size * channels]`: what windows `first` and on see.
  void (*unfold)(
      const Windows *windows, int64_t first, int64_t count, const float *x, float *patches);
  /// Adds each patch to the pixels it was taken from.
  void (*fold)(
      const Windows *windows, int64_t first, int64_t count, const float *patches, float *x);
  /// The largest number in each window, and the number of its pixel in the image.
  void (*maxPool)(
      const Windows *windows, int64_t images, const float *x, float *y, int32_t *places);
  /// Takes `[images, pixels, channels]` numbers at their places in images of `imagePixels` pixels.
  void (*takePlaces)(
      int64_t images, int64_t pixels, int64_t channels, int64_t imagePixels, const float *x,
      const int32_t *places, float *y);
  /// Adds numbers at their places.
  void (*addAtPlaces)(
      int64_t images, int64_t pixels, int64_t channels, int64_t imagePixels, const float *y,
      const int32_t *places, float *x);
  /// Line `t` of the middle axis lies between lines `lower[t]` and `upper[t]` of `x`, by `share[t]`.
  void (*blend)(
      int64_t outer, int64_t from, int64_t to, int64_t inner, const int32_t *lower,
      const int32_t *upper, const float *share, const float *x, float *y);
  /// Adds each line to the two it lies between.
  void (*addBlend)(
      int64_t outer, int64_t from, int64_t to, int64_t inner, const int32_t *lower,
      const int32_t *upper, const float *share, const float *y, float *x);

  void (*adam)(
      int64_t count, AdamStep step, const float *gradient, float *mean, float *square,
      float *parameter);

  /// Random words, in blocks of 64: element `e` is word `e % 64 / 16` of the counter
  /// `e / 64 * 16 + e % 16`. `count` is a multiple of 64.
  void (*words)(int64_t count, uint64_t key, uint64_t draw, uint64_t first, uint32_t *words);
  /// Words as numbers in (0, 1], in place.
  void (*uniforms)(int64_t count, uint32_t *words);
  /// Words as normal numbers, in place, by Box and Muller.
  void (*normals)(int64_t count, uint32_t *words);
} KernelTable;

typedef enum CLOSED_ENUM KernelFlavour : int32_t {
  KernelFlavourBaseline,
  KernelFlavourAvx2,
  KernelFlavourAvx512,
} KernelFlavour;

/// The fastest kernels of this processor, or those that `DOWNLINK_KERNELS` names: baseline, avx2 or
/// avx512.
const KernelTable *kernelTable(void);

/// The kernels of one flavour, or none if this processor or this build lacks it.
const KernelTable *_Nullable kernelTableOfFlavour(KernelFlavour flavour);

enum { poolTagCount = 8 };

/// Bytes of this thread's buffers, as asked for, not as rounded.
typedef struct PoolUse {
  int64_t liveBytes, peakBytes;
  /// How often `malloc` had to be asked since the thread began, and for how many bytes.
  int64_t systemAllocations, systemBytes;
} PoolUse;

/// A buffer of `count` floats, aligned to 64 bytes, its content undefined.
float *poolTake(int64_t count);
/// Returns a buffer, which the next `poolTake` of its size hands out while it is still in cache.
void poolGive(float *buffer);
/// Frees what the lists of this thread hold; a thread that ends calls it last.
void poolDrain(void);

/// The tag that buffers get from now on, below `poolTagCount`.
int32_t poolTag(void);
void poolSetTag(int32_t tag);
PoolUse poolUse(void);
PoolUse poolUseOfTag(int32_t tag);
/// Lets all peaks start again from what is live now.
void poolResetPeaks(void);

/// Whether operations of this thread go unrecorded: 0 if they do not; see `noGrad` and `checkpoint`
/// in Tensors for the other values.
int32_t recordingIsPaused(void);
void pauseRecording(int32_t paused);

/// Writes a sentence to standard error and traps.
_Noreturn void stopWithMessage(const char *message);

#pragma clang assume_nonnull end
