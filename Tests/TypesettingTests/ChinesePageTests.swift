import Canvas
import Markdown
import TestSupport
import Testing
import Typesetting

/// Chinese text where Markdown, marks and formulas meet, as pages.
struct ChinesePageTests {
  static let post = #"""
    ## 粗体与全角标点（**“引号”**，里外）

    **注意**：这是粗体，后面跟着冒号；**“注意”**，引号在粗体里面；“**注意**”，引号在外面。（**括号里**）也一样，
    **《论文》**、《**论文**》都行，这个**重点**很重要，**Adam**优化器与**95%**，都是粗体。但是**注意：**这样写不是粗体，
    星号照样显示。*强调*、***又粗又强调***、~~没有删除线~~、`代码`、[链接](a.md)，相邻而不空格。

    省略号……与破折号——不能断开，“引号‘套引号’结束”。数字１２３与 3.14、-5、95%、￥100 连着读；第一行，
    第二行（换行处没有空格），English 与中文之间
    照原样。全角！问号？顿号、分号；冒号：句号。书名号《》【】『』「」结束。

    脚注紧跟文字[^甲]，也可在标点后。[^乙]同一个再用[^甲]，公式 $|x|$[^丙] 之后也行。

    | 记号 | 含义（`|` 在公式与代码里） | 例子 |
    |:--|:--|--:|
    | $|x|$ | 绝对值，$p(x|y)$ 是条件概率 | `a|b` |
    | $\|x\|_2$ | 范数，**粗体**与`代码` | $\frac{1}{2}$ |
    | 或 \| | 转义的竖线<br>第二行 | 95% |
    | 很长的一格 | 扩散模型把图像逐步加噪，再学会逐步去噪，每一步都只走一点点，所以采样很慢，也很稳定。 | ——— |

    > 引用里的中文，**“粗体”**：第一段比较长，要折成好几行，每一行前面都有竖线，标点不在行首（括号也是）。
    >
    > 1. 引用里的列表，第一项比较长，折行以后与文字对齐，不与编号对齐。
    > 2. $$E = mc^2$$
    >
    > > 第二层引用：`x[t]` 与 $x_t$。

    - 一层：文字较长的一项，折行后悬挂缩进两列，后面再接一个公式 $\nabla_\theta \log p_\theta(x)$ 结束。
      - 二层：有序列表在里面

        9. 第九项，编号右对齐
        10. 第十项，后面有代码
            ```python
            损失 = 均方(预测, 目标)  # 注释也是中文
            ```
        11. 第十一项
           - 四层还是小方块
      - 二层继续

      一层的第二段。
    - [ ] 待办**事项**
    - [x] 完成

    行尾硬换行\
    下一行。\[\text{损失} = \mathbb{E}\,\|\varepsilon - \varepsilon_\theta\|^2\]，其中范数是二范数。

    [^甲]: 第一条脚注，里面有**粗体**、`代码`与 $\alpha_t$，而且很长很长，要折成两行或者更多行才放得下。
    [^乙]: 第二条。
    [^丙]: 公式后的脚注 $|x| \ge 0$。
    """#

  @Test(arguments: [40, 60, 80, 120])
  func `a page of Chinese text with everything beside everything`(width: Int) throws {
    let document = try MarkdownParser.parse(Self.post)
    let typesetter = Typesetter(
      document: document, options: .init(width: width, theme: .plain, fitsWidth: true))
    expectSnapshot(PlainText.text(of: typesetter), named: "chinese-\(width)")
    var survey = PageSurvey()
    survey.measure(document, width: width)
    #expect(survey.findings.isEmpty, "\(survey.findings)")
  }

  @Test func `what is bold is bold, and what is not keeps its asterisks`() throws {
    let document = try MarkdownParser.parse(Self.post)
    let lines = Typesetter(document: document, options: .init(width: 120)).lines
    let strong = lines.flatMap(\.line.spans).filter { $0.style.attributes.contains(.bold) }
      .map(\.text.string)
    for text in ["注意", "“注意”", "括号里", "《论文》", "论文", "重点", "Adam", "95%", "“粗体”", "事项"] {
      #expect(strong.contains(text), "\(text)")
    }
    #expect(lines.contains { $0.line.text.contains("**注意：**") })
  }
}
