/// Formulas written for these tests, one of each kind that posts on machine learning hold.
///
/// Properties are checked on all of them, and hostile inputs are made from them by mutation.
let sampleFormulas = probability + optimisation + networks + algebra + unusual + referenceFormulas

private let probability = [
  "p(x) = \\sum_z p(x, z)",
  "p(z \\mid x) = \\frac{p(x \\mid z) p(z)}{p(x)}",
  "\\log p(x) \\ge \\mathbb{E}_{q(z \\mid x)}[\\log p(x, z) - \\log q(z \\mid x)]",
  "q(x_t \\mid x_0) = \\mathcal{N}(x_t; \\sqrt{\\bar\\alpha_t} x_0, (1 - \\bar\\alpha_t) I)",
  "D_{\\mathrm{KL}}(q \\,\\|\\, p) = \\int q(x) \\log \\frac{q(x)}{p(x)} \\, dx",
  "\\mathcal{N}(x; \\mu, \\sigma^2) = \\frac{1}{\\sqrt{2\\pi\\sigma^2}}"
    + "\\exp\\left(-\\frac{(x - \\mu)^2}{2\\sigma^2}\\right)",
  "\\Pr(X > a) \\le \\frac{\\mathbb{E}[X]}{a}, \\quad a > 0",
  "\\operatorname{Var}(X) = \\mathbb{E}[X^2] - \\mathbb{E}[X]^2",
  "x \\sim p_{\\text{data}}, \\quad z \\sim \\mathcal{N}(0, I)",
  "\\binom{n}{k} p^k (1 - p)^{n - k}",
  "H(p) = -\\sum_{i=1}^{K} p_i \\log p_i",
  "P(A \\cup B) = P(A) + P(B) - P(A \\cap B)",
  "\\hat{\\theta}_{\\text{MLE}} = \\arg\\max_\\theta \\prod_{i=1}^n p(x_i; \\theta)",
  "F(x) = \\int_{-\\infty}^x f(t) \\, dt",
  "dx_t = f(x_t, t)\\,dt + g(t)\\,dw_t",
  "p_\\theta(x_{t-1} \\mid x_t) = \\mathcal{N}(\\mu_\\theta(x_t, t), \\Sigma_\\theta(x_t, t))",
  "X \\perp\\!\\!\\!\\perp Y \\mid Z",
  "\\xi_i \\overset{\\mathrm{iid}}{\\sim} U(0, 1)",
]

private let optimisation = [
  "\\theta_{t+1} = \\theta_t - \\eta \\nabla_\\theta L(\\theta_t)",
  "m_t = \\beta_1 m_{t-1} + (1 - \\beta_1) g_t",
  "\\hat m_t = \\frac{m_t}{1 - \\beta_1^t}, \\qquad \\hat v_t = \\frac{v_t}{1 - \\beta_2^t}",
  "\\min_w \\frac{1}{2}\\|w\\|^2 \\quad \\text{s.t. } y_i(w^\\top x_i + b) \\ge 1",
  "\\nabla f(x^*) + \\sum_{i=1}^m \\lambda_i \\nabla g_i(x^*) = 0",
  "\\lVert x - y \\rVert_2 \\leqslant \\lVert x \\rVert_2 + \\lVert y \\rVert_2",
  "f(y) \\ge f(x) + \\langle \\nabla f(x), y - x \\rangle",
  "L = -\\frac{1}{N} \\sum_{n=1}^N \\sum_{c=1}^C y_{nc} \\log \\hat y_{nc} + \\lambda R(\\theta)",
  "\\mathcal{L}_{\\text{DPO}} = -\\log\\sigma\\left(\\beta\\log\\frac{\\pi_\\theta(y_w)}"
    + "{\\pi_{\\text{ref}}(y_w)} - \\beta\\log\\frac{\\pi_\\theta(y_l)}{\\pi_{\\text{ref}}(y_l)}\\right)",
  "\\eta_t = \\eta_{\\min} + \\frac{1}{2}(\\eta_{\\max} - \\eta_{\\min})"
    + "\\left(1 + \\cos\\frac{t\\pi}{T}\\right)",
  "w \\gets w - \\eta \\frac{\\partial L}{\\partial w}",
  "V^*(s) = \\max_a \\Big[ r(s, a) + \\gamma \\sum_{s'} P(s' \\mid s, a) V^*(s') \\Big]",
  "\\delta_t = r_t + \\gamma V(s_{t+1}) - V(s_t)",
  "A^{\\pi}(s, a) = Q^{\\pi}(s, a) - V^{\\pi}(s)",
  "\\rho_t(\\theta) = \\frac{\\pi_\\theta(a_t \\mid s_t)}{\\pi_{\\theta_{\\text{old}}}(a_t \\mid s_t)}",
]

private let networks = [
  "h = \\mathrm{ReLU}(Wx + b)",
  "\\text{head}_i = \\text{Attention}(QW_i^Q, KW_i^K, VW_i^V)",
  "\\mathrm{LN}(x) = \\gamma \\odot \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\epsilon}} + \\beta",
  "PE_{(pos, 2i)} = \\sin\\left(\\frac{pos}{10000^{2i/d}}\\right)",
  "x_{l+1} = x_l + F_l(x_l)",
  "\\sigma(x) = \\frac{1}{1 + e^{-x}} = \\frac{e^x}{e^x + 1}",
  "\\tanh x = \\frac{e^x - e^{-x}}{e^x + e^{-x}}",
  "\\mathrm{softmax}(z)_i = \\frac{e^{z_i / \\tau}}{\\sum_j e^{z_j / \\tau}}",
  "W' = W + \\frac{\\alpha}{r} BA, \\quad B \\in \\mathbb{R}^{d \\times r}",
  "\\underbrace{W_0}_{\\text{冻结}} + \\underbrace{BA}_{\\text{训练}}",
  "O(n^2 d) \\to O(n d^2)",
  "\\boldsymbol{q}_m^\\top \\boldsymbol{k}_n = \\mathrm{Re}[q_m k_n^* e^{i(m - n)\\theta}]",
  "y = \\begin{cases} x & x \\ge 0 \\\\ \\alpha(e^x - 1) & \\text{其他} \\end{cases}",
  "\\text{准确率} = \\frac{\\text{正确的个数}}{\\text{总数}} \\times 100\\%",
  "\\frac{\\partial L}{\\partial W_{ij}} = \\sum_k \\frac{\\partial L}{\\partial y_k}"
    + "\\frac{\\partial y_k}{\\partial W_{ij}}",
]

private let algebra = [
  "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}^{-1} = \\frac{1}{ad - bc}"
    + "\\begin{pmatrix} d & -b \\\\ -c & a \\end{pmatrix}",
  "A = U \\Sigma V^\\top = \\sum_{i=1}^r \\sigma_i u_i v_i^\\top",
  "\\begin{bmatrix} 1 & 0 & \\cdots & 0 \\\\ 0 & 1 & \\cdots & 0 \\\\ \\vdots & \\vdots & \\ddots & "
    + "\\vdots \\\\ 0 & 0 & \\cdots & 1 \\end{bmatrix}",
  "\\det(A - \\lambda I) = \\begin{vmatrix} a - \\lambda & b \\\\ c & d - \\lambda \\end{vmatrix}",
  "\\begin{aligned} f(x) &= (x + 1)^2 \\\\ &= x^2 + 2x + 1 \\end{aligned}",
  "\\begin{align} a &= b + c \\label{eq:one} \\\\ d &= e \\nonumber \\end{align}",
  "\\begin{gather} x^2 + y^2 = 1 \\\\ z = 0 \\end{gather}",
  "\\begin{multline} a + b + c + d \\\\ + e + f + g \\\\ = h \\end{multline}",
  "\\begin{eqnarray} x & = & 1 \\\\ y & = & 2 \\end{eqnarray}",
  "\\begin{alignat}{2} x &= 1, &\\quad y &= 2 \\end{alignat}",
  "\\left[\\begin{array}{cc|c} 1 & 2 & 3 \\\\ \\hline 4 & 5 & 6 \\end{array}\\right]",
  "\\left( \\sum_{i=1}^n a_i b_i \\right)^2 \\le \\left( \\sum a_i^2 \\right)\\left( \\sum b_i^2 \\right)",
  "\\sqrt{1 + \\sqrt{1 + \\sqrt{1 + x}}}",
  "\\sqrt[n+1]{\\frac{a}{b}}",
  "1 + \\cfrac{1}{1 + \\cfrac{1}{1 + x}}",
  "\\lim_{h \\to 0} \\frac{f(x + h) - f(x)}{h} = f'(x)",
  "\\left. \\frac{dy}{dx} \\right|_{x = 0} = f''(0)",
  "\\oint_C \\mathbf{F} \\cdot d\\mathbf{r} = \\iint_S (\\nabla \\times \\mathbf{F}) \\cdot d\\mathbf{S}",
  "e^{i\\pi} + 1 = 0",
  "\\forall \\epsilon > 0\\ \\exists \\delta > 0 : |x - a| < \\delta \\Rightarrow |f(x) - L| < \\epsilon",
  "\\{ x \\in \\mathbb{R} \\mid x^2 < 2 \\}",
  "a \\equiv b \\pmod{n}, \\quad c \\bmod d",
  "\\lfloor x \\rfloor \\le x < \\lceil x \\rceil + 1",
  "x \\xrightarrow[\\text{低}]{\\text{高}} y \\xleftarrow{f} z",
  "\\overline{AB} \\parallel \\overrightarrow{CD}, \\quad \\widehat{xyz} \\ne \\widetilde{abc}",
  "\\max_{\\substack{1 \\le i \\le n \\\\ i \\ne j}} a_{ij}",
  "\\boxed{E = mc^2} \\qquad \\cancel{x} + \\underline{y}",
  "A \\subseteq B \\iff \\forall x\\, (x \\in A \\implies x \\in B)",
  "\\bigcup_{i \\in I} A_i \\setminus \\bigcap_{j \\in J} B_j",
  "\\operatorname*{ess\\,sup}_{x \\in X} |f(x)|",
  "n! = \\prod_{k=1}^n k \\approx \\sqrt{2\\pi n}\\left(\\frac{n}{e}\\right)^n",
]

private let unusual = [
  "", " ", "{}", "x", "-", "=", "\\", "\\\\", "^", "_2", "{}_6^{14}C", "'", "a'''b''''", "&",
  "a & b",
  "a \\\\ b", "\\,", "\\quad", "{a \\over b}", "x^{y^{z^w}}", "x_{y_{z_w}}", "x_a^b{}_c^d",
  "其中x是变量，y是标签。", "\\text{若 $x > 0$，则 } y = 1", "\\color{red}{a} + \\textcolor{blue}{b}",
  "\\mathbf{x}\\mathbb{R}\\mathcal{L}\\mathfrak{g}\\mathrm{d}\\mathsf{T}\\mathtt{t}",
  "\\phantom{abc}x\\hspace{2em}y\\kern3pt z",
  "\\big(\\Big[\\bigg\\{\\Bigg|x\\Bigg|\\bigg\\}\\Big]\\big)",
  "\\left\\{\\begin{array}{l} a \\\\ b \\\\ c \\end{array}\\right.", "\\not\\in\\not=\\not\\propto",
  "\\unknown{x} + \\alsounknown", "\\frac{}{}", "\\sqrt{}", "\\hat{}", "\\overbrace{}^{}",
  "\\left.\\right.",
  "\\begin{matrix}\\end{matrix}", "\\begin{aligned}&\\\\&\\end{aligned}", "\\sum", "\\sum_{}^{}",
  "\\int\\limits",
  "👍🏽 + 🇨🇳", "a\u{301}\u{302}\u{303}\u{304}\u{305}", "é + ñ", "\\hat{\\hat{\\hat{\\hat{x}}}}",
  "\\tag{1}", "\\eqref{eq:nowhere}", "a%b\nc", "\\text{}", "\\mbox{a  b}",
]
