import Canvas
import DemoKit
import Dispatch
package import Reader

/// The loop: the only place in the reader where something happens.
///
/// Draws what is stale, sleeps on the keyboard and the inbox, takes events into the app, and
/// performs the effects it asks for. It owns the screen and blocks the main actor until the end.
@MainActor
package final class Runtime {
  private var app: App
  private let device: any TerminalDevice
  private let performer: EffectPerformer
  private let inbox: Inbox
  private var status: Int32?
  private var isStale = true
  private var isLost = false
  private var pace = FramePace(now: .now)
  /// Until when a frame waits for what was asked for, unless it comes.
  private var patience: ContinuousClock.Instant?
  /// How long a frame waits for results, so that a key and what it finds are drawn together and
  /// nothing waits for the frame after; nobody sees so short a wait.
  private let searchTime: Duration

  /// How long a frame waits for a post, so that an empty page does not flash by.
  private static let loadTime = Duration.milliseconds(60)

  package init(
    app: App, device: any TerminalDevice, services: ReaderServices, inbox: Inbox,
    messages: Messages, searchTime: Duration = .milliseconds(12)
  ) {
    self.app = app
    self.device = device
    self.inbox = inbox
    self.searchTime = searchTime
    performer = EffectPerformer(services: services, inbox: inbox, messages: messages)
  }

  /// Runs until the reader is closed.
  ///
  /// - Returns: the exit status: 0, or 128 and the number of the signal that ended it.
  package func run() -> Int32 {
    let size = device.size
    update(.resized(width: size.columns, height: size.rows))
    perform(app.start())
    while status == nil {
      drawIfDue()
      let wait = isStale ? ContinuousClock.now.duration(to: frameTime) : nil
      for input in device.wait(for: inbox.descriptor, seconds: wait.map { $0 / .seconds(1) }) {
        take(input)
      }
      let events = inbox.drain()
      if !events.isEmpty { patience = nil }
      for event in events { update(event) }
    }
    performer.finish()
    return status ?? 0
  }

  private var frameTime: ContinuousClock.Instant { max(pace.next, patience ?? pace.next) }

  private func drawIfDue() {
    guard isStale, ContinuousClock.now >= frameTime else { return }
    device.show(app.render(), everything: isLost)
    isStale = false
    isLost = false
    patience = nil
    pace.drew(at: .now)
  }

  private func take(_ input: TerminalInput) {
    switch input {
    case .key(let key): update(.key(key))
    case .pasted(let text): update(.pasted(text))
    case .background(let background): update(.backgroundKnown(background))
    case .resized: resize()
    case .stopped: suspend()
    case .ended(let signal):
      update(.closing)
      status = signal == 0 ? 0 : 128 + signal
    }
  }

  private func update(_ event: Event) {
    perform(app.update(event))
    isStale = true
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit:
        if status == nil {
          status = 0
          update(.closing)
        }
      case .redraw:
        isLost = true
        isStale = true
      case .suspend: suspend()
      case .copy(let text): device.copy(text)
      case .setMouse(let isOn): device.setMouse(isOn)
      case .host(let guest): host(guest)
      case .loadPosts, .loadPost:
        patience = .now + Runtime.loadTime
        performer.perform(effect)
      case .search:
        // Keys in quick succession do not put the frame off again.
        patience = patience ?? .now + searchTime
        performer.perform(effect)
      default: performer.perform(effect)
      }
    }
  }

  private func resize() {
    let size = device.size
    isLost = true
    update(.resized(width: size.columns, height: size.rows))
  }

  /// Gives the terminal to another program until that ends.
  private func host(_ guest: Guest) {
    let text = guest.leavesOutput ? app.appearance.messages(.pressEnter) : nil
    device.lend(thenWaiting: text) { performer.host(guest) }
    resize()
  }

  private func suspend() {
    device.suspend()
    resize()
  }
}
