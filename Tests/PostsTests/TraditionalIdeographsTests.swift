import Posts
import Testing

/// Words of the field in both forms of the script.
@Suite struct TraditionalIdeographsTests {
  @Test func `a word in traditional ideographs is the word in simplified ones`() {
    let pairs = zip(Self.traditional.split(separator: " "), Self.simplified.split(separator: " "))
    var asked = 0
    for (traditional, simplified) in pairs {
      let first = Tokenizer.tokens(in: String(traditional)).map(\.text)
      let second = Tokenizer.tokens(in: String(simplified)).map(\.text)
      #expect(first == second, "\(traditional)")
      asked += 1
    }
    #expect(asked >= 180)
  }

  @Test func `each finds the other`() throws {
    let library = try PostLibrary.holding([
      Post("simplified", "神经网络的训练"), Post("traditional", "神經網絡的訓練"),
    ])
    #expect(try library.slugs("网络的训").sorted() == ["simplified", "traditional"])
    #expect(try library.slugs("網絡的訓").sorted() == ["simplified", "traditional"])
    let result = try #require(
      library.search(SearchQuery("网络")).first { $0.post.slug.string == "traditional" })
    let characters = Array(result.snippet.text)
    #expect(result.snippet.matches.map { String(characters[$0]) } == ["網絡"])
  }

  private static let traditional = """
    機器學習 深度學習 神經網絡 神經網路 數據 訓練 測試 驗證 過擬合 歐氏距離 優化 學習率 損失函數 激活函數 卷積 循環 遞歸 注意力機制 變換 編碼器 解碼器 嵌入層 \
    歸一化 標準化 正則化 隨機 採樣 擴散模型 噪聲 圖像 語言 語義 詞彙 詞嵌入 預訓練 微調 強化學習 獎勵 環境 狀態 動作 價值 馬爾可夫 貝葉斯 變分 後驗 先驗 \
    條件概率 聯合分佈 邊緣 協方差 矩陣 張量 標量 維度 線性 非線性 邏輯回歸 決策樹 隨機森林 支持向量機 聚類 分類 迴歸 預測 準確率 精確率 曲線 閾值 參數 超參數 \
    權重 收斂 發散 震盪 動量 自適應 輪次 計算圖 自動微分 反向傳播 鏈式法則 導數 積分 極限 極大值 極小值 鞍點 凸優化 約束 對偶 內積 範數 特徵值 特徵向量 \
    奇異值 降維 獨立 關聯 推斷 推薦系統 檢索 對話 問答 翻譯 檢測 識別 跟蹤 視頻 語音 聲音 圖譜 實體 關係 標註 數據集 樣本 類別 標籤 開源 代碼 編譯 運行 \
    環境變量 內存 顯存 處理器 並行 分佈式 線程 進程 緩存 帶寬 延遲 壓縮 蒸餾 服務 網頁 鏈接 圖書館 參考文獻 論文 會議 實驗 結果 討論 總結 貢獻 說明 註釋 \
    詳細 簡單 複雜 問題 錯誤 異常 調試 補充 擴展 應該 雖然 為什麼 這裡 那裡 裏面 後來 乾燥 幹部 頭髮 發現 看著 瞭解 藉由 諮詢 台灣 臺灣 憑藉 鐘錶 麵條 \
    面積 製造 準備 隻字 餘弦 松鬆 衝突 沖洗 鬱悶 籲請 昇級 於是 與其 東西 車輛 門檻 風險 飛躍 魚類 鳥類 黃色 點擊 齊次
    """

  private static let simplified = """
    机器学习 深度学习 神经网络 神经网路 数据 训练 测试 验证 过拟合 欧氏距离 优化 学习率 损失函数 激活函数 卷积 循环 递归 注意力机制 变换 编码器 解码器 嵌入层 \
    归一化 标准化 正则化 随机 采样 扩散模型 噪声 图像 语言 语义 词汇 词嵌入 预训练 微调 强化学习 奖励 环境 状态 动作 价值 马尔可夫 贝叶斯 变分 后验 先验 \
    条件概率 联合分布 边缘 协方差 矩阵 张量 标量 维度 线性 非线性 逻辑回归 决策树 随机森林 支持向量机 聚类 分类 回归 预测 准确率 精确率 曲线 阈值 参数 超参数 \
    权重 收敛 发散 震荡 动量 自适应 轮次 计算图 自动微分 反向传播 链式法则 导数 积分 极限 极大值 极小值 鞍点 凸优化 约束 对偶 内积 范数 特征值 特征向量 \
    奇异值 降维 独立 关联 推断 推荐系统 检索 对话 问答 翻译 检测 识别 跟踪 视频 语音 声音 图谱 实体 关系 标注 数据集 样本 类别 标签 开源 代码 编译 运行 \
    环境变量 内存 显存 处理器 并行 分布式 线程 进程 缓存 带宽 延迟 压缩 蒸馏 服务 网页 链接 图书馆 参考文献 论文 会议 实验 结果 讨论 总结 贡献 说明 注释 \
    详细 简单 复杂 问题 错误 异常 调试 补充 扩展 应该 虽然 为什么 这里 那里 里面 后来 干燥 干部 头发 发现 看着 了解 借由 咨询 台湾 台湾 凭借 钟表 面条 \
    面积 制造 准备 只字 余弦 松松 冲突 冲洗 郁闷 吁请 升级 于是 与其 东西 车辆 门槛 风险 飞跃 鱼类 鸟类 黄色 点击 齐次
    """
}
