import DemoKit
import NN
import Tensors

/// A model of the paper's, by the shape that it publishes.
struct PublishedShape {
  private let width: Int
  private let heads: Int
  private let layers: Int
  private let learningRate: String
  private let tokens: String
  /// Billions of parameters, as the paper says.
  private let billions: String

  // region: published
  /// Table 2 of the paper.
  private static let all = [
    PublishedShape(
      width: 4_096, heads: 32, layers: 32, learningRate: "3.0e-4", tokens: "1.0T", billions: "6.7"),
    PublishedShape(
      width: 5_120, heads: 40, layers: 40, learningRate: "3.0e-4", tokens: "1.0T", billions: "13.0"),
    PublishedShape(
      width: 6_656, heads: 52, layers: 60, learningRate: "1.5e-4", tokens: "1.4T", billions: "32.5"),
    PublishedShape(
      width: 8_192, heads: 64, layers: 80, learningRate: "1.5e-4", tokens: "1.4T", billions: "65.2"),
  ]

  /// 32,000 tokens, and a gated layer of two thirds of `4 C`, rounded up to a multiple of 256.
  private var form: LanguageModel.Configuration {
    LanguageModel.Configuration(
      vocabulary: 32_000, width: width, layers: layers, heads: heads, widthMultiple: 256)
  }
  // endregion: published

  /// Billions with one decimal; what is beyond it is cut off, as in the paper.
  private var computed: String {
    (Double(form.parameterCount / 100_000_000) / 10).fixed(1)
  }

  static var table: Table {
    Table(
      title: "论文的四个模型，参数量由形状算出",
      header: ["论文", "宽 C", "头", "层", "门控层宽", "学习率", "词元", "参数量"],
      rows: all.map { shape in
        [
          shape.billions + "B", "\(shape.width)", "\(shape.heads)", "\(shape.layers)",
          "\(shape.form.hidden)", shape.learningRate, shape.tokens,
          "\(shape.form.parameterCount)",
        ]
      })
  }

  static var claim: Claim {
    let (published, computed) = (all.map { $0.billions + "B" }, all.map { $0.computed + "B" })
    return Claim(
      "由论文公布的形状算出的参数量（截到一位小数）", expected: published.joined(separator: "、"),
      measured: computed.joined(separator: "、"), holds: published == computed)
  }
}

/// Whether products of rotated queries and keys depend on the distance of their positions alone.
enum RotaryCheck {
  // region: rotary
  /// Scores of one query and one key at many pairs of positions, those of equal distance compared.
  static func claim(_ random: RandomSource) -> Claim {
    var random = random
    let (length, width) = (64, 32)
    func everywhere(_ x: Tensor) -> Tensor {
      rotary(x + Tensor.zeros([1, length, 1, width])).reshaped([length, width])
    }
    let queries = everywhere(random.normal([1, 1, 1, width]))
    let keys = everywhere(random.normal([1, 1, 1, width]))
    let scores = matmul(queries, keys, transposingRight: true).scalars.map { Double($0) }
    // The score at each distance, wherever the key is, beside that of the key at position 0.
    var gap = 0.0
    for query in 0..<length {
      for key in 0...query {
        let (score, first) = (scores[query * length + key], scores[(query - key) * length])
        gap = max(gap, abs(score - first))
      }
    }
    let distances = (0..<length).map { scores[$0 * length] }
    let spread = (distances.max() ?? 0) - (distances.min() ?? 0)
    return Claim(
      "旋转位置编码的得分只依赖相对距离：同一距离的得分相差多少（不同距离相差 \(spread.significant(2))）",
      expected: "< 1e-4", measured: gap.significant(2), holds: gap < 1e-4 && spread > 1)
  }
  // endregion: rotary
}

/// Whether reading with a cache gives what reading at once does, and how much time it saves.
struct CacheCheck {
  private let gap: Double
  private let length: Int
  private let seconds: (full: Double, cached: Double)

  init(_ model: LanguageModel, _ text: TokenizedCorpus, _ random: RandomSource) throws {
    var random = random
    length = 4 * text.context
    let tokens = text.training.batch(1, length: length, &random).inputs
    let full = noGrad { model(tokens) }
    gap = [1, 7].reduce(0) { gap, chunk in
      max(gap, Self.difference(full, Self.read(tokens, by: chunk, model)))
    }
    seconds = try Self.time(model, Indices([Int(tokens.values[0])], shape: [1, 1]), to: length)
  }

  // region: cache
  /// The logits of tokens that are read a few at a time, what came before being in the cache.
  private static func read(_ tokens: Indices, by chunk: Int, _ model: LanguageModel) -> Tensor {
    var cache = model.emptyCache
    let length = tokens.shape[1]
    return noGrad {
      concatenated(
        stride(from: 0, to: length, by: chunk).map { start in
          model(tokens.columns(start..<min(start + chunk, length)), cache: &cache)
        }, axis: 1)
    }
  }
  // endregion: cache

  /// The largest difference of two tensors, relative to the largest number of the first.
  private static func difference(_ a: Tensor, _ b: Tensor) -> Double {
    func largest(_ x: Tensor) -> Double { x.scalars.reduce(0) { max($0, abs(Double($1))) } }
    return largest(a - b) / largest(a)
  }

  /// How long the likeliest continuation of a token takes, all read again for each token and with the
  /// cache.
  private static func time(
    _ model: LanguageModel, _ prompt: Indices, to length: Int
  ) throws -> (full: Double, cached: Double) {
    let greedy = TokenSampling(temperature: 0)
    var random = RandomSource(seed: 0)
    let stopwatch = Stopwatch()
    var tokens = prompt
    while tokens.count < length {
      try Task.checkCancellation()
      let next = noGrad { model(tokens).argmax().values[tokens.count - 1] }
      tokens = Indices(tokens.values + [next], shape: [1, tokens.count + 1])
    }
    let full = stopwatch.seconds
    _ = try model.continuations(of: prompt, length: length, sampling: greedy, &random)
    return (full, stopwatch.seconds - full)
  }

  var claims: [Claim] {
    let ratio = seconds.full / seconds.cached
    let rate = Double(length - 1) / seconds.cached
    return [
      Claim(
        "逐个与分段读入（KV 缓存）的 logits 等于一次读完整段（\(length) 个词元，最大相对差）",
        expected: "< 1e-4", measured: gap.significant(2), holds: gap < 1e-4),
      Claim(
        "生成 \(length) 个词元，用缓存比每次重读全文快", expected: "≥ 2 倍",
        measured: "\(ratio.fixed(1)) 倍，每秒 \(rate.fixed(0)) 个词元", holds: ratio >= 2, isTimed: true),
    ]
  }
}
