import Canvas
import Formula
import TestSupport
import Testing

/// The 42 formulas on which other tools fail, drawn in every way that the reader has.
///
/// The document was looked at before it was kept; a change of it is to be read in the diff.
@Suite struct ReferenceFormulaTests {
  @Test func `the reference formulas are drawn as in their document`() {
    let sections = referenceFormulas.enumerated().map { section($0 + 1, $1) }
    expectSnapshot(ReferenceFormulaTests.head + sections.joined(), named: "reference", type: "md")
  }

  private static let head = """
    # The 42 reference formulas

    Each formula as TeX, in a sentence, displayed in 80 columns (with the roles of its cells below)
    and, where it differs, in 60 columns; then where characters of ambiguous width take two columns.
    There each such character is followed by a blank, so that an editor which gives it one column
    shows the alignment; `make record FILTER=ReferenceFormula` writes this document.

    """

  private func section(_ number: Int, _ tex: String) -> String {
    let formula = ParsedFormula(tex)
    let wide = formula.drawing(width: 80)
    let narrow = formula.drawing(width: 60)
    var parts = [
      ("tex", tex + "\n"), ("80 columns", wide.text), ("roles", wide.roleMap(.standard)),
    ]
    if !tex.hasPrefix("\\begin{equation") && !tex.hasPrefix("\\begin{align}") {
      let row = row(tex).replacing("hoisted", with: "⟦1⟧, and the drawing below the line")
      parts.insert(("in a sentence", row + "\n"), at: 1)
    }
    if narrow != wide { parts.append(("60 columns", narrow.text)) }
    for width in [80, 60] {
      let ambiguous = formula.drawing(width: width, ambiguous: 2)
      if width == 60 && ambiguous.text == formula.drawing(width: 80, ambiguous: 2).text { continue }
      parts.append(("ambiguous 2, \(width) columns", ambiguous.spread))
    }
    return "\n## \(number)\n"
      + parts.map { name, text in "\n```\(name == "tex" ? "tex" : "text \(name)")\n\(text)```\n" }
      .joined()
  }
}

/// Formulas of machine learning, each with something that is drawn wrong elsewhere: norms with
/// single bars, braces of two rows, limits beside their operator, tags lost or printed.
let referenceFormulas = [
  #"x_t = \sqrt{\bar{\alpha}_t}\,x_0 + \sqrt{1-\bar{\alpha}_t}\,\boldsymbol{"#
    + #"\varepsilon},\quad \boldsymbol{\varepsilon}\sim\mathcal{N}(\boldsymbol{0},"#
    + #"\boldsymbol{I})"#,
  #"q(\mathbf{x}_{1:T}|\mathbf{x}_0) = \prod_{t=1}^T q(\mathbf{x}_t|\mathbf{x}_{t-1})"#,
  #"\tilde{\mu}_t(x_t,x_0) = \frac{\sqrt{\bar\alpha_{t-1}}\beta_t}{1-\bar\alpha_t}x_0 +"#
    + #" \frac{\sqrt{\alpha_t}(1-\bar\alpha_{t-1})}{1-\bar\alpha_t}x_t"#,
  #"x_{t-1} = \sqrt{\bar\alpha_{t-1}}\left(\frac{x_t-\sqrt{1-\bar\alpha_t}\,\epsilon_"#
    + #"\theta(x_t,t)}{\sqrt{\bar\alpha_t}}\right)+\sqrt{1-\bar\alpha_{t-1}-\sigma_t^2}\,"#
    + #"\epsilon_\theta(x_t,t)+\sigma_t\epsilon_t"#,
  #"\mathrm{d}\boldsymbol{x} = \left[\boldsymbol{f}(\boldsymbol{x},t)-g^2(t)\nabla_{"#
    + #"\boldsymbol{x}}\log p_t(\boldsymbol{x})\right]\mathrm{d}t + g(t)\,\mathrm{d}\bar{"#
    + #"\boldsymbol{w}}"#,
  #"\log p(x) \geq \mathbb{E}_{q(z|x)}\left[\log\frac{p(x,z)}{q(z|x)}\right] = "#
    + #"\mathcal{L}_{\text{ELBO}}"#,
  #"\mathcal{L}_{\text{DPO}} = -\mathbb{E}_{(x,y_w,y_l)\sim\mathcal{D}}\left[\log\sigma"#
    + #"\left(\beta\log\frac{\pi_\theta(y_w|x)}{\pi_{\text{ref}}(y_w|x)}-\beta\log\frac{"#
    + #"\pi_\theta(y_l|x)}{\pi_{\text{ref}}(y_l|x)}\right)\right]"#,
  #"\mathcal{J}_{GRPO}(\theta) = \frac{1}{G}\sum_{i=1}^G\frac{1}{|o_i|}"#
    + #"\sum_{t=1}^{|o_i|}\min\left[\frac{\pi_\theta(o_{i,t}|q,o_{i,<t})}{\pi_{"#
    + #"\theta_{old}}(o_{i,t}|q,o_{i,<t})}\hat{A}_{i,t},\operatorname{clip}(\cdot,1-"#
    + #"\varepsilon,1+\varepsilon)\hat{A}_{i,t}\right]"#,
  #"\text{Attention}(Q,K,V) = \text{softmax}\left(\frac{QK^{\top}}{\sqrt{d_k}}\right)V"#,
  #"\boldsymbol{\mathcal{R}}_m = \begin{pmatrix}\cos m\theta & -\sin m\theta\\ \sin m"#
    + #"\theta & \cos m\theta\end{pmatrix}"#,
  #"D_{KL}(p\|q) = \int p(x)\log\frac{p(x)}{q(x)}\mathrm{d}x"#,
  #"\mathcal{L}_{CFM}(\theta)=\mathbb{E}_{t,q(x_1),p_t(x|x_1)}\left\|v_t(x)-u_t(x|x_1)\right\|^2"#,
  #"\log p_X(x) = \log p_Z(f(x)) + \log\left|\det\frac{\partial f(x)}{\partial x^{\top}}\right|"#,
  #"W_1(p,q) = \inf_{\gamma\in\Pi(p,q)}\mathbb{E}_{(x,y)\sim\gamma}[\|x-y\|] = \sup_{"#
    + #"\|f\|_L\leq 1}\mathbb{E}_{x\sim p}[f(x)]-\mathbb{E}_{x\sim q}[f(x)]"#,
  #"V^{\pi}(s)=\sum_{a\in\mathcal{A}}\pi(a|s)\left(R(s,a)+\gamma\sum_{s'\in"#
    + #"\mathcal{S}}P(s'|s,a)V^{\pi}(s')\right)"#,
  #"Q^*(s,a) = \mathbb{E}\left[r+\gamma\max_{a'}Q^*(s',a')\mid s,a\right]"#,
  #"\begin{aligned} m_t &= \beta_1 m_{t-1}+(1-\beta_1)g_t\\ v_t &= \beta_2 v_{t-1}+(1-"#
    + #"\beta_2)g_t^2\\ \theta_t &= \theta_{t-1}-\eta\left(\frac{\hat m_t}{\sqrt{\hat v_t}+"#
    + #"\epsilon}+\lambda\theta_{t-1}\right)\end{aligned}"#,
  #"W = W_0+\Delta W = W_0 + BA,\quad B\in\mathbb{R}^{d\times r},A\in\mathbb{R}^{r\times k}"#,
  #"f(x)=\begin{cases}x, & x\geq 0\\ \alpha(e^x-1), & x<0\end{cases}"#,
  #"\text{softmax}(\boldsymbol{z})_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}"#,
  #"\underbrace{\boldsymbol{x}^{\top}\boldsymbol{W}\boldsymbol{x}}_{\text{二次型}} + "#
    + #"\underbrace{\boldsymbol{b}^{\top}\boldsymbol{x}}_{\text{一次项}} + c"#,
  #"\theta^* = \mathop{\text{argmin}}_{\theta}\frac{1}{N}\sum_{i=1}^N\ell(f_"#
    + #"\theta(x_i),y_i)+\lambda\|\theta\|_2^2"#,
  #"\nabla_\theta J(\theta)=\mathbb{E}_{\tau\sim\pi_\theta}\left[\sum_{t=0}^T\nabla_"#
    + #"\theta\log\pi_\theta(a_t|s_t)\hat{A}_t\right]"#,
  #"\frac{\partial p_t(\boldsymbol{x})}{\partial t}=-\nabla_{\boldsymbol{x}}\cdot"#
    + #"\left(p_t(\boldsymbol{x})\boldsymbol{f}_t(\boldsymbol{x})\right)+\frac{1}{2}g_t^2"#
    + #"\nabla_{\boldsymbol{x}}\cdot\nabla_{\boldsymbol{x}}p_t(\boldsymbol{x})"#,
  #"\min_G\max_D\mathbb{E}_{x\sim p_{data}}[\log D(x)]+\mathbb{E}_{z\sim p_z}[\log(1-D(G(z)))]"#,
  #"\text{LayerNorm}(x)=\gamma\odot\frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}+\beta"#,
  #"\boldsymbol{H}=\begin{bmatrix}\frac{\partial^2 f}{\partial x_1^2}&\cdots&\frac{"#
    + #"\partial^2 f}{\partial x_1\partial x_n}\\\vdots&\ddots&\vdots\\\frac{\partial^2 f}{"#
    + #"\partial x_n\partial x_1}&\cdots&\frac{\partial^2 f}{\partial x_n^2}\end{bmatrix}"#,
  #"p(x)=\frac{1}{(2\pi)^{d/2}|\Sigma|^{1/2}}\exp\left(-\frac{1}{2}(x-\mu)^{\top}"#
    + #"\Sigma^{-1}(x-\mu)\right)"#,
  #"I(X;Z) = \iint p(x,z)\log\frac{p(x,z)}{p(x)p(z)}dxdz"#,
  #"\hat{\boldsymbol{x}}_0 = \mathop{\arg\min}_{\boldsymbol{x}}\Vert\boldsymbol{x}-"#
    + #"\boldsymbol{\mu}(\boldsymbol{x}_t)\Vert^2"#,
  #"P(y=1|x)=\sigma(w^{\mathrm{T}}x+b)=\frac{1}{1+e^{-(w^{\mathrm{T}}x+b)}}"#,
  #"\lim_{n\to\infty}\left(1+\frac{x}{n}\right)^n=e^x"#,
  #"\binom{n}{k}=\frac{n!}{k!(n-k)!}"#,
  #"\overline{x+y}\neq\widehat{xyz},\ \vec{v}\perp\dot{q}"#,
  #"\boldsymbol{q}_m^{\top}\boldsymbol{k}_n = \text{Re}\left[\sum_{i=0}^{d/2-1}"#
    + #"\boldsymbol{q}_{[2i:2i+1]}\boldsymbol{k}_{[2i:2i+1]}^*e^{\text{i}(m-n)\theta_i}\right]"#,
  #"\|\boldsymbol{A}\|_F=\sqrt{\sum_{i=1}^m\sum_{j=1}^n|a_{ij}|^2}=\sqrt[3]{x}"#,
  #"\begin{equation}\boldsymbol{x}_t = \boldsymbol{\mathcal{F}}_t(\boldsymbol{x}_0,"#
    + #"\boldsymbol{\varepsilon}),\quad \boldsymbol{\varepsilon}\sim q(\boldsymbol{"#
    + #"\varepsilon})\label{eq:f}\end{equation}"#,
  #"\begin{align}\boldsymbol{W}_t &= \boldsymbol{W}_{t-1} - \eta_t\,\text{msign}("#
    + #"\boldsymbol{M}_t) \\ \boldsymbol{M}_t &= \beta\boldsymbol{M}_{t-1}+\boldsymbol{G}_t"#
    + #"\label{eq:muon}\end{align}"#,
  #"\mathbb{P}\left(\bigcup_{i=1}^n A_i\right)\leq\sum_{i=1}^n\mathbb{P}(A_i),\ \forall"#
    + #"\, n\in\mathbb{N}^+"#,
  #"y=\left\{\begin{array}{ll}1, & \text{若 } x>0\\ 0, & \text{否则}\end{array}\right."#,
  #"x\xrightarrow{f}y\overset{\text{def}}{=}z,\quad \frac{\mathrm{d}y}{\mathrm{d}x}"#
    + #"\Bigg|_{x=0}=\stackrel{*}{\to}"#,
  #"\boldsymbol{p}_{n+1}\otimes\boldsymbol{q}\triangleq\substack{i<j\\ j\neq k}\not\in"#
    + #"\mathfrak{g}\tag{12}"#,
]
