import Posts
import Testing

@Suite struct LibrarySearchTests {
  private let library: PostLibrary

  init() throws {
    library = try PostLibrary.holding([
      Post(
        "ddpm", title: "DDPM：拆楼与建楼", date: "2026-01-11", category: "生成模型",
        tags: ["扩散模型", "采样"], demo: "ddpm",
        """
        扩散模型逐步加噪，再逐步去噪。

        ## 训练目标

        网络 $\\epsilon_\\theta(x_t,t)$ 预测噪声，损失里有 KL 散度。

        ## 采样公式

        从纯噪声开始，一步一步采样。
        """),
      Post(
        "autograd", title: "自动微分", date: "2026-02-01", category: "Python", tags: ["梯度"],
        demo: "autograd",
        """
        写一个 autograd 引擎：`__init__` 记下输入，反向传播求梯度。

        ```python
        import torch.nn.functional as F
        def f(a) -> float: return a
        ```
        """),
      Post(
        "adamw", title: "AdamW 与权重衰减", date: "2026-03-01", category: "深度学习",
        tags: ["优化器"], demo: "adamw", "梯度下降的步长。BatchNorm2d 不衰减。AND 与门。"),
    ])
  }

  @Test(arguments: [
    ("采样", ["ddpm"]),
    ("梯度", ["autograd", "adamw"]),
    ("梯", ["autograd", "adamw"]),
    ("autograd", ["autograd"]),
    ("nn.functional", ["autograd"]),
    ("ε_θ", ["ddpm"]),
    ("\\epsilon_\\theta", ["ddpm"]),
    ("epsilon", ["ddpm"]),
    ("KL散度", ["ddpm"]),
    ("采样一步", []),
    ("步采样", ["ddpm"]),
    ("扩散 采样", ["ddpm"]),
    ("BatchNorm", ["adamw"]),
    ("norm2d", ["adamw"]),
    ("__init__", ["autograd"]),
    ("->", ["autograd"]),
    ("没有这个词", []),
  ])
  func `finds words of every kind`(query: String, expected: [String]) throws {
    #expect(try library.slugs(query) == expected)
  }

  @Test(arguments: [
    ("\"逐步去噪\"", ["ddpm"]),
    ("“逐步去噪”", ["ddpm"]),
    ("\"逐步 采样\"", []),
    ("梯度 -autograd", ["adamw"]),
    ("-梯度", ["ddpm"]),
    ("tag:梯度", ["autograd"]),
    ("tag：采样", ["ddpm"]),
    ("category:python", ["autograd"]),
    ("title:权重", ["adamw"]),
    ("title:梯度", []),
    ("demo:ddpm", ["ddpm"]),
    ("lang:python", ["autograd"]),
    ("lang:zh 梯度", ["autograd", "adamw"]),
    ("lang:en", []),
    ("-> lang:python", ["autograd"]),
    ("梯度 -lang:python", ["adamw"]),
    ("author:梯度", []),
    ("-tag:梯度 梯度", ["adamw"]),
  ])
  func `follows the query language`(query: String, expected: [String]) throws {
    #expect(try library.slugs(query) == expected)
  }

  @Test func `where very many posts have a word those that are about it come first`() throws {
    var posts = try (0..<1600).map { try Post("post-\($0)", date: "2026-01-01", "共同的话。") }
    posts[7] = try Post("heading", "## 共同\n\n别的。")
    posts[9] = try Post("title", title: "共同", "别的。")
    let library = try PostLibrary.holding(posts)
    let found = try library.slugs("共同", limit: 20)
    #expect(found.count == 20)
    #expect(found.prefix(2) == ["title", "heading"])
    #expect(try library.slugs("共同", limit: 2000).count == 1600)
  }

  @Test func `signs are found as they are written, the newest first`() throws {
    let library = try PostLibrary.holding([
      Post("old", date: "2026-01-01", "`a -> b`, `x != y`"),
      Post("new", date: "2026-01-02", "`f: A -> B`"),
      Post("long", date: "2026-01-03", "`a <-> b` 与 `a ->> b`"),
    ])
    #expect(try library.slugs("->") == ["long", "new", "old"])
    #expect(try library.slugs("<->") == ["long"])
    #expect(try library.slugs("!=") == ["old"])
    #expect(try library.slugs("\"-> \" \"!=\"") == ["old"])
    #expect(try library.slugs("=>") == [])
  }

  @Test func `a name is found while its last part is typed`() throws {
    let library = try PostLibrary.holding([
      Post("a", "层里有 `self.gamma` 和 `fig_row`"), Post("b", "策略 $\\pi_\\theta$"),
    ])
    #expect(try library.slugs("self.g") == ["a"])
    #expect(try library.slugs("fig_r") == ["a"])
    #expect(try library.slugs("self.x").isEmpty)
    // The letter of a formula is all of it.
    #expect(try library.slugs("pi_t").isEmpty)
  }

  @Test func `a name in code comes before the same in a formula, which is marked`() throws {
    let library = try PostLibrary.holding([
      Post("code", "返回 `sum_k`，也就是和。"), Post("formula", "和是 $\\sum_{k} k$，$\\sum_{k}$"),
    ])
    let found = try library.search(SearchQuery("sum_k"))
    #expect(found.map(\.post.slug.string) == ["code", "formula"])
    #expect(found.map(\.origin) == [.query, .withoutSigns])
    #expect(try PostLibrary.holding([Post("b", "$\\sum_{k} k$")]).slugs("sum_k") == ["b"])
  }

  @Test func `blanks beside a script mean nothing`() throws {
    let library = try PostLibrary.holding([Post("a", "$\\max _i w_i$ 与 $\\sum_ {a'} A$")])
    #expect(try library.slugs("\\max_i") == ["a"])
    #expect(try library.slugs("\\sum_{a") == ["a"])
  }

  @Test func `a word does not go on in the next line`() throws {
    let library = try PostLibrary.holding([Post("a", "用 pip\n\n安装它"), Post("b", "用 pip 安装")])
    #expect(try library.slugs("pip安装") == ["b"])
  }

  @Test func `signs that no post has as typed are told from those that one has`() throws {
    let library = try PostLibrary.holding([Post("a", "x_1 与 x.2")])
    #expect(try library.slugs("x_1") == ["a"])
    let other = try library.search(SearchQuery("x.1"))
    #expect(other.map(\.origin) == [.withoutSigns])
  }

  @Test func `a comma between letters and ideographs is no blank`() throws {
    let library = try PostLibrary.holding([
      Post("comma", "先有 API，可用于训练。"), Post("blank", "这个 API 可用于训练。"),
      Post("none", "这个API可用于训练。"),
    ])
    #expect(Set(try library.slugs("API可用于")) == ["blank", "none"])
    let other = try library.search(SearchQuery("有API可用"))
    #expect(other.map(\.origin) == [.withoutSigns])
  }

  @Test func `a lone quotation mark or operator is text`() throws {
    #expect(try library.slugs("\"") == [])
    #expect(try library.slugs("AND (") == [])
    #expect(try library.slugs("AND") == ["adamw"])
    #expect(try library.slugs("NOT") == [])
  }

  @Test func `an empty query lists the newest`() throws {
    #expect(try library.slugs("") == ["adamw", "autograd", "ddpm"])
    #expect(try library.slugs("", limit: 1) == ["adamw"])
  }

  @Test func `a title with every word comes first`() throws {
    let library = try PostLibrary.holding([
      Post("body", title: "别的", String(repeating: "注意力机制。", count: 40)),
      Post("title", title: "注意力机制", "别的。"),
      Post("longer", title: "再谈注意力机制的代价", "别的。"),
    ])
    #expect(try library.slugs("注意力机制") == ["title", "longer", "body"])
  }

  @Test func `the newer of equals comes first`() throws {
    let library = try PostLibrary.holding([
      Post("old", title: "同", date: "2026-01-01", "同一句话"),
      Post("new", title: "同", date: "2026-01-02", "同一句话"),
    ])
    #expect(try library.slugs("同一句") == ["new", "old"])
  }

  @Test func `a result says where it was found`() throws {
    let result = try #require(library.search(SearchQuery("KL散度")).first)
    #expect(result.heading == "训练目标")
    #expect(result.line == 5)
    #expect(result.snippet.text == "网络 ε_θ(xₜ, t) 预测噪声，损失里有 KL 散度。")
    #expect(matches(result) == ["KL 散度"])
  }

  @Test func `a match in a formula is marked in how it is read`() throws {
    let library = try PostLibrary.holding([
      Post("p", "第一段。\n\n噪声 $\\epsilon_\\theta(x_t,t)$ 是。")
    ])
    let result = try #require(library.search(SearchQuery("ε_θ(xₜ")).first)
    #expect(result.line == 3)
    #expect(matches(result) == ["ε_θ(xₜ"])
  }

  private func matches(_ result: SearchResult) -> [String] {
    let characters = Array(result.snippet.text)
    return result.snippet.matches.map { String(characters[$0]) }
  }
}
