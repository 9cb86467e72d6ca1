/// A text of the interface, in each of its languages.
///
/// The languages stand side by side, so that no message can exist in one of them alone. `%1` and
/// `%2` are places for values.
package enum Message: String, Hashable, Sendable, CaseIterable {
  // Keys on every screen.
  case keyHelp, keyRedraw, keySuspend, keyInterrupt, keyQuitAll, keyDown, keyUp, keyPageDown
  case keyPageUp, keyHalfDown, keyHalfUp, keyFirst, keyLast, keyPercent, keySearch, keyQuit
  case keyCommandLine
  // Keys of the list.
  case keyOpen, keyFilter, keyClearFilter, keyNextUnread, keyPreviousUnread, keyToggleRead
  case keyMarkAllRead, keyStar, keyRunDemo, keyEditDemo, keyReload
  // Keys of a post.
  case keyClose, keyLeft, keyRight, keyFollow, keyNextFocus, keyPreviousFocus, keyHints, keyFind
  case keyFindNext, keyFindPrevious, keyClearFind, keyHistoryBack, keyHistoryForward, keyNextPost
  case keyPreviousPost, keyNextHeading, keyPreviousHeading, keyContents, keySetMark, keyGoToMark
  case keySource, keyZoom, keyCopyLink, keyCopySource, keyBrowse, keyView, keyPipe, keySave
  // Keys of search, demo, contents, help.
  case keyOpenHit, keyNextResult, keyPreviousResult, keyLeaveSearch, keyNextParameter
  case keyPreviousParameter, keyDecrease, keyIncrease, keyStart, keyRunAgain, keyLeaveField
  case keyZoomRun, keyChooseHeading, keyFilterHelp, keyTags, keyChooseTag, keyLeaveZoom
  case keyScrollLeft, keyScrollRight
  // Names of screens.
  case nameList, namePost, nameSearch, nameDemo, nameContents, nameHelp, nameZoom, nameTags
  // The window.
  case windowTooSmall, askQuit, helpHint
  // The list.
  case listCount, filterPrompt, filterCount, listEmpty, filterEmpty, wordUnread, wordStarred
  case starred, unstarred, markedRead, markedUnread, allMarkedRead, noUnread, noPrevious, noNext
  // A post.
  case loading, findPrompt, patternPrompt, matchCount, noMatch, findWrapped, findWrappedBack,
    noFind, noLink
  case noHistory, noForward, postMissing, headingMissing, linkOutside, noHeadings, typeMark
  case typeGoTo, markSet, markMissing, hintPrompt, noHintsHere, sourceShown
  case sameCategory, references, linksTo, linkedFrom
  case formulaDrawn, formulaSource, nothingToZoom
  // Copying, saving, other programs.
  case wordFormula, wordCode, wordTable, wordLink, wordPost
  case copied, copyTooLong, nothingToCopy, saved, savePrompt, pipePrompt, browsePrompt
  case noAddress, addressTooLong, pressEnter
  // Commands.
  case commands, sortedBy, orderCategory, orderDate, orderTitle, orderUnread, noBacklinks
  // Search.
  case searchPrompt, searchHint, searching, searchNone, searchCount
  case searchGuesses, foundWithoutSigns, foundAlias, foundAnyWord
  // Demos.
  case demoNever, demoRunning, demoPercent, demoHolds, demoBroken, demoFailed
  case demoKeys, demoKeysRunning, demoKeysAgain, demoUnknown, demoNone, demoSeconds
  case demoRemaining
  case parameters, parameterBounds, parameterRefused, claims
  case claimExpected, claimMeasured, noOutput
  // The edge of the world.
  case badTerminal, noTerminal, noTerminalType, noPipes, stateNotSaved
}

extension Message {
  /// The text in Chinese and in English.
  var translations: (chinese: String, english: String) {
    switch self {
    case .keyHelp: ("本页的按键", "keys of this screen")
    case .keyRedraw: ("重画屏幕", "redraw the screen")
    case .keySuspend: ("挂起，回到命令行", "suspend, back to the shell")
    case .keyInterrupt: ("先停演示，再退出", "stop a demo first, then quit")
    case .keyQuitAll: ("退出 downlink", "quit downlink")
    case .keyCommandLine: ("输入命令：sort、theme、lang、set", "type a command: sort, theme, lang, set")
    case .keyDown: ("下移一行", "one row down")
    case .keyUp: ("上移一行", "one row up")
    case .keyPageDown: ("下翻一页", "one page down")
    case .keyPageUp: ("上翻一页", "one page up")
    case .keyHalfDown: ("下翻半页", "half a page down")
    case .keyHalfUp: ("上翻半页", "half a page up")
    case .keyFirst: ("开头；<n>g 到第 n 个", "the first, or with a number the nth")
    case .keyLast: ("末尾；<n>G 到第 n 个", "the last, or with a number the nth")
    case .keyPercent: ("<n>% 到百分之 n 处", "with a number: to that per cent")
    case .keySearch: ("全文搜索", "search all posts")
    case .keyQuit: ("退出", "quit")
    case .keyOpen: ("打开文章", "open the post")
    case .keyFilter: ("筛选：标题、标签、日期、未读、星标", "filter: title, tag, date, unread, starred")
    case .keyClearFilter: ("清除筛选", "clear the filter")
    case .keyNextUnread: ("下一篇未读", "next unread post")
    case .keyPreviousUnread: ("上一篇未读", "previous unread post")
    case .keyToggleRead: ("标为已读或未读", "mark as read or unread")
    case .keyMarkAllRead: ("全部标为已读", "mark all as read")
    case .keyStar: ("加上或去掉星标", "star, or take the star away")
    case .keyRunDemo: ("运行或停止本文的演示", "run or stop this post's demo")
    case .keyEditDemo: ("改参数后运行演示", "run the demo with parameters")
    case .keyReload: ("重新读取文章", "load again")
    case .keyClose: ("返回", "back")
    case .keyLeft: ("公式、表格、代码向左移", "scroll formula, table or code left")
    case .keyRight: ("公式、表格、代码向右移", "scroll formula, table or code right")
    case .keyFollow: ("打开所选链接，或运行所选演示", "follow the chosen link, or run the chosen demo")
    case .keyNextFocus: ("下一处链接、公式、代码或表格", "next link, formula, code or table")
    case .keyPreviousFocus: ("上一处", "the previous one")
    case .keyHints: ("给屏上链接编号，再按数字打开", "number the links on screen; digits open one")
    case .keyFind: ("在文中查找；Ctrl-R 换正则", "find in this post; Ctrl-R: regular expression")
    case .keyFindNext: ("下一处匹配", "next match")
    case .keyFindPrevious: ("上一处匹配", "previous match")
    case .keyClearFind: ("清除查找和编号", "clear the find and the numbers")
    case .keyHistoryBack: ("回到来处", "back to where you came from")
    case .keyHistoryForward: ("再往前去", "forward again")
    case .keyNextPost: ("下一篇文章", "next post")
    case .keyPreviousPost: ("上一篇文章", "previous post")
    case .keyNextHeading: ("下一个标题", "next heading")
    case .keyPreviousHeading: ("上一个标题", "previous heading")
    case .keyContents: ("目录", "table of contents")
    case .keySetMark: ("m 加字母：记下此处", "m and a letter: mark this place")
    case .keyGoToMark: ("' 加字母：回到所记之处", "' and a letter: go to that mark")
    case .keySource: ("所选公式或全部：原文、排版互换", "chosen formula, or all: source or drawn")
    case .keyZoom: ("放大所选公式、表格、代码或演示", "zoom the chosen formula, table, code or demo")
    case .keyCopyLink: ("复制所选链接，或本文的链接", "copy the chosen link, or this post's")
    case .keyCopySource: ("复制公式、代码或表格的原文", "copy the source of a formula, code or table")
    case .keyBrowse: ("在浏览器中打开外部链接", "open an outside link in a browser")
    case .keyView: ("用编辑器或分页器看原文", "the source in an editor or pager")
    case .keyPipe: ("把原文交给一个命令", "hand the source to a command")
    case .keySave: ("把原文存为文件", "save the source in a file")
    case .keyTags: ("分类与标签", "categories and tags")
    case .keyChooseTag: ("只看这一类", "only posts of this one")
    case .keyLeaveZoom: ("回到文中", "back to the text")
    case .keyScrollLeft: ("向左移", "scroll left")
    case .keyScrollRight: ("向右移", "scroll right")
    case .keyOpenHit: ("打开所在之处", "open at the hit")
    case .keyNextResult: ("下一条结果", "next result")
    case .keyPreviousResult: ("上一条结果", "previous result")
    case .keyLeaveSearch: ("离开搜索", "leave the search")
    case .keyNextParameter: ("下一个参数", "next parameter")
    case .keyPreviousParameter: ("上一个参数", "previous parameter")
    case .keyDecrease: ("减小或换前一个值", "smaller, or the value before")
    case .keyIncrease: ("增大或换后一个值", "larger, or the next value")
    case .keyStart: ("开始运行；输入时确定数值", "start; while typing, take the value")
    case .keyRunAgain: ("再运行一次，运行中则停止", "run again; stop while it runs")
    case .keyLeaveField: ("放弃输入", "leave the field")
    case .keyZoomRun: ("只看结果", "show the result alone")
    case .keyChooseHeading: ("跳到此标题", "go to this heading")
    case .keyFilterHelp: ("筛选按键", "filter the keys")
    case .nameList: ("文章", "Posts")
    case .namePost: ("阅读", "Reading")
    case .nameSearch: ("搜索", "Search")
    case .nameDemo: ("演示", "Demo")
    case .nameContents: ("目录", "Contents")
    case .nameHelp: ("按键", "Keys")
    case .nameZoom: ("放大", "Zoom")
    case .nameTags: ("分类与标签", "Categories and tags")
    case .windowTooSmall: ("窗口太小", "window too small")
    case .askQuit: ("演示还在运行。再按 q 退出，其他键继续", "A demo is running. q again quits, any other key stays")
    case .helpHint: ("? 按键", "? keys")
    case .listCount: ("%1 篇，%2 篇未读", "%1 posts, %2 unread")
    case .filterPrompt: ("筛选：", "Filter: ")
    case .filterCount: ("%1/%2 篇", "%1 of %2")
    case .listEmpty: ("还没有文章。运行 downlink sync 取来文章", "No posts yet. Run: downlink sync")
    case .filterEmpty: ("没有符合的文章", "no post matches")
    case .wordUnread: ("未读", "unread")
    case .wordStarred: ("星标", "starred")
    case .starred: ("已加星标", "starred")
    case .unstarred: ("已去掉星标", "star removed")
    case .markedRead: ("已标为已读", "marked as read")
    case .markedUnread: ("已标为未读", "marked as unread")
    case .allMarkedRead: ("%1 篇已标为已读", "%1 posts marked as read")
    case .noUnread: ("没有未读文章了", "no unread post left")
    case .noPrevious: ("已是第一篇", "this is the first post")
    case .noNext: ("已是最后一篇", "this is the last post")
    case .loading: ("正在读取…", "loading…")
    case .findPrompt: ("/", "/")
    case .patternPrompt: ("正则 /", "regex /")
    case .matchCount: ("%1/%2", "%1/%2")
    case .noMatch: ("没有找到“%1”", "“%1” not found")
    case .findWrapped: ("从头接着找", "wrapped to the first match")
    case .findWrappedBack: ("从末尾接着找", "wrapped to the last match")
    case .noFind: ("先用 / 查找", "find something first, with /")
    case .noLink: ("这里没有链接", "no link here")
    case .noHistory: ("没有更早的位置", "nothing to go back to")
    case .noForward: ("没有更后的位置", "nothing to go forward to")
    case .postMissing: ("库里没有 %1 这篇文章", "there is no post %1 in the library")
    case .headingMissing: ("没有标题“%1”", "no heading “%1”")
    case .linkOutside: ("外部链接：%1", "outside link: %1")
    case .noHeadings: ("本文没有标题", "this post has no headings")
    case .typeMark: ("按一个字母记下此处", "a letter marks this place")
    case .typeGoTo: ("按字母回到所记之处", "a letter goes to that mark")
    case .markSet: ("已记下 %1", "mark %1 set")
    case .markMissing: ("没有记过 %1", "there is no mark %1")
    case .hintPrompt: ("链接编号：%1", "link number: %1")
    case .noHintsHere: ("屏上没有链接", "no links on screen")
    case .sourceShown: ("公式原文", "formula source")
    case .sameCategory: ("同类文章", "Same category")
    case .references: ("参考文献", "References")
    case .linksTo: ("本文链接到", "Links to")
    case .linkedFrom: ("链接到本文", "Linked from")
    case .formulaDrawn: ("公式：排版", "formula drawn")
    case .formulaSource: ("公式：原文", "formula as source")
    case .nothingToZoom: ("先用 Tab 选公式、表格或代码", "choose a formula, table or code with Tab")
    case .wordFormula: ("公式", "formula")
    case .wordCode: ("代码", "code")
    case .wordTable: ("表格", "table")
    case .wordLink: ("链接", "link")
    case .wordPost: ("文章", "post")
    case .copied:
      ("%1（%2 字节）已发往剪贴板；没收到就按 s 保存", "%1 (%2 bytes) sent to the clipboard; s saves it instead")
    case .copyTooLong: ("太长，剪贴板收不下；按 s 保存", "too long for a clipboard; s saves it instead")
    case .nothingToCopy: ("这里没有公式、代码或表格", "no formula, code or table here")
    case .saved: ("已保存 %1", "saved %1")
    case .savePrompt: ("保存到：", "Save to: ")
    case .pipePrompt: ("交给命令：", "Pipe to: ")
    case .browsePrompt: ("Enter 用浏览器打开，其他键放弃", "Enter opens it in a browser, any other key stays")
    case .noAddress: ("先用 Tab 选外部链接", "choose an outside link with Tab")
    case .addressTooLong: ("窗口太小，显示不全地址，不打开", "the window cannot show the whole address")
    case .pressEnter: ("按 Enter 回到 downlink", "Enter goes back to downlink")
    case .commands: ("可用：%1", "there is: %1")
    case .sortedBy: ("按%1排列", "sorted by %1")
    case .orderCategory: ("分类", "category")
    case .orderDate: ("日期", "date")
    case .orderTitle: ("标题", "title")
    case .orderUnread: ("未读在前", "unread first")
    case .noBacklinks: ("没有相关的文章", "no related posts")
    case .searchPrompt: ("搜索：", "Search: ")
    case .searchHint:
      (
        "输入词语；空格表示“并且”，\"短语\"，-词，tag:，category:，title:，demo:，lang:",
        "Words are joined by and; \"phrase\", -word, tag:, category:, title:, demo:, lang:"
      )
    case .searching: ("正在搜索…", "searching…")
    case .searchNone: ("没有找到", "nothing found")
    case .searchCount: ("%1 条结果", "%1 results")
    case .searchGuesses: ("没有“%1”，最接近的是：", "no post holds “%1”; the nearest are:")
    case .foundWithoutSigns: ("符号不同", "other signs")
    case .foundAlias: ("又名 %1", "also called %1")
    case .foundAnyWord: ("含其中一些词", "some of the words")
    case .demoNever: ("未运行", "never run")
    case .demoRunning: ("运行中", "running")
    case .demoPercent: ("运行中 %1%", "running %1%")
    case .demoHolds: ("%1 条结论成立", "%1 claims hold")
    case .demoBroken: ("%1 条结论不成立", "%1 claims do not hold")
    case .demoFailed: ("未完成：%1", "did not finish: %1")
    case .demoKeys: ("x 运行 · X 改参数", "x run · X parameters")
    case .demoKeysRunning: ("x 停止", "x stop")
    case .demoKeysAgain: ("x 再运行 · X 改参数 · z 放大", "x again · X parameters · z zoom")
    case .demoUnknown: ("此版本没有演示 %1", "this version has no demo %1")
    case .demoNone: ("本文没有演示", "this post has no demo")
    case .demoRemaining: ("约剩 %1 秒", "about %1 s left")
    case .demoSeconds: ("%1 秒", "%1 s")
    case .parameters: ("参数", "Parameters")
    case .parameterBounds: ("范围 %1", "within %1")
    case .parameterRefused: ("“%1”不在范围 %2 内", "“%1” is not within %2")
    case .claims: ("结论", "Claims")
    case .claimExpected: ("应为 %1", "expected %1")
    case .claimMeasured: ("实测 %1", "measured %1")
    case .noOutput: ("还没有结果。Enter 开始运行", "No result yet. Enter starts a run")
    case .badTerminal:
      (
        "终端类型 TERM=%1 不能显示全屏界面；可用 downlink list、read、search",
        "The terminal type TERM=%1 cannot show a full screen; use downlink list, read or search"
      )
    case .noTerminal:
      (
        "没有终端；可用 downlink list、read、search",
        "There is no terminal; use downlink list, read or search"
      )
    case .noTerminalType:
      (
        "没有设定 TERM；可用 downlink list、read、search",
        "TERM is not set; use downlink list, read or search"
      )
    case .noPipes: ("系统不能再打开管道", "The system cannot open another pipe")
    case .stateNotSaved: ("阅读状态没有保存：%1", "reading state not saved: %1")
    }
  }
}
