import Foundation
import Posts
import Sync
import Testing

/// What a reader types who has one of the shipped posts in mind, in Chinese, in English, in both, as
/// TeX and as code; the post is to stand among the first three.
struct KnownItemTests {
  private static let items: [(post: String, queries: [String])] = [
    (
      "adamw",
      [
        "AdamW", "权重衰减", "L2 正则与权重衰减", "decoupled weight decay", "weight decay", "Adam 正则化",
        "衰减与梯度尺度", "quanzhongshuaijian", "正则 优化器", "admaw",
      ]
    ),
    (
      "ddim",
      [
        "DDIM", "更快的采样", "跳步", "非马尔可夫", "denoising diffusion implicit", "常微分方程 采样",
        "旋钮 η", "\\eta 采样公式", "待定系数", "编码与解码",
      ]
    ),
    (
      "ddpm",
      [
        "DDPM", "拆楼", "拆楼与建楼", "denoising diffusion probabilistic models", "\\bar\\alpha_t 前向过程",
        "祖先采样", "预测噪声 变分下界", "一步到位", "分数的关系", "tag:DDPM",
      ]
    ),
    (
      "realnvp-glow",
      [
        "RealNVP", "Glow", "可逆网络", "仿射耦合", "actnorm", "每维比特数", "流模型", "雅可比 行列式 耦合",
      ]
    ),
    (
      "vae",
      [
        "VAE", "变分自编码器", "重参数化", "ELBO", "证据下界", "后验坍缩", "概率PCA", "variational autoencoder",
        "隐变量模型",
      ]
    ),
    (
      "dpo",
      [
        "DPO", "直接偏好优化", "RLHF", "偏好 奖励", "direct preference optimization", "反解奖励", "老虎机",
        "KL 约束 奖励", "影评",
      ]
    ),
    (
      "flash-attention",
      [
        "FlashAttention", "在线 softmax", "online softmax", "IO 复杂度", "内存层次", "flash", "慢速内存",
        "分块的前向",
      ]
    ),
    (
      "gradient-checkpointing",
      [
        "梯度检查点", "gradient checkpointing", "用计算换显存", "显存", "O(log n)", "切成 k 段", "activation 重算",
        "tidujianchadian",
      ]
    ),
    (
      "llama",
      [
        "LLaMA", "RoPE", "SwiGLU", "RMSNorm", "KV 缓存", "KV缓存", "分词", "BPE", "困惑度 Kneser", "参数量",
        "lama 基座",
      ]
    ),
    (
      "autograd",
      [
        "autograd", "自动求导", "detach", "no_grad", "VJP", "计算图", "有限差分", "requires_grad", "导数的导数",
        "automatic differentiation",
      ]
    ),
    (
      "nn-functional",
      [
        "nn.functional", "nn.Module", "state_dict", "模块与函数", "BatchNorm", "Dropout 模式", "F.conv2d",
        "参数表",
      ]
    ),
    (
      "rl-basics",
      [
        "强化学习基础", "网格世界", "贝尔曼方程", "Bellman", "值迭代", "策略改进", "收缩映射", "MDP",
        "马尔可夫决策过程", "gridworld",
      ]
    ),
  ]

  private func library() throws -> PostLibrary {
    let aids = SearchAids(folder: Checkout.root.appending(path: "Assets/search").path)
    let library = try PostLibrary.inMemory(aids: aids)
    let synchronizer = Synchronizer(
      memory: library, demos: [],
      excerpts: try CodeExcerpts(folder: Checkout.root.appending(path: "Sources/Demos")))
    let folder = FolderSource(name: "downlink", folder: Checkout.root.appending(path: "Content"))
    _ = try synchronizer.sync(.folder(folder))
    return library
  }

  @Test func `the post that is meant stands among the first three`() throws {
    let library = try library()
    var asked = 0
    var lost: [String] = []
    for (post, queries) in Self.items {
      for query in queries {
        asked += 1
        let found = try library.search(SearchQuery(query), limit: 3).map(\.post.slug.string)
        if !found.contains(post) { lost.append("\(query): \(found) without \(post)") }
      }
    }
    #expect(asked >= 100)
    let share = Double(asked - lost.count) / Double(asked)
    #expect(share >= 0.97, "\(share): \(lost.joined(separator: "\n"))")
  }
}
