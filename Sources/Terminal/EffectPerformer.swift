import CNCurses
import Canvas
import DemoKit
import Dispatch
import Foundation
import Posts
import Reader

/// Carries effects out off the main thread and posts what comes of them.
///
/// Reads, images, searches and writes each have a queue of their own, so that none waits for another and
/// the order of writes is the order of the keys.
@MainActor
final class EffectPerformer {
  private let services: ReaderServices
  private let inbox: Inbox
  private let messages: Messages
  private let reads = DispatchQueue(label: "downlink.reads")
  private let images = DispatchQueue(label: "downlink.images")
  private let searches = DispatchQueue(label: "downlink.searches")
  private let writes = DispatchQueue(label: "downlink.writes")
  private let searchCount = Counter()
  private var stops: [RunID: @Sendable () -> Void] = [:]

  init(services: ReaderServices, inbox: Inbox, messages: Messages) {
    self.services = services
    self.inbox = inbox
    self.messages = messages
  }

  /// Starts what an effect describes; returns at once.
  func perform(_ effect: Effect) {
    switch effect {
    case .loadPosts:
      load { services in
        let loaded = try services.posts()
        return [.postsLoaded(loaded.posts, states: loaded.states)]
      }
    case .loadPost(let slug): loadPost(slug)
    case .loadImage(let slug, let name): loadImage(slug, name)
    case .loadRun(let demo): loadRun(demo)
    case .search(let query): search(query)
    case .startDemo(let run, let request): start(run, request)
    case .stopDemo(let run): stops[run]?()
    case .remember(let change): remember(change)
    case .loadSearches: load { [.searchesLoaded(try $0.searches())] }
    case .save(let text, let path): save(text, path)
    case .open, .close, .tell, .ask, .quit, .redraw, .suspend, .copy, .host, .setMouse: break
    }
  }

  /// Stops the demos and waits for the last write: nothing that was asked for is lost.
  func finish() {
    for stop in stops.values { stop() }
    services.interruptSearch()
    writes.sync {}
  }

  /// Runs another program on the terminal, which the caller has given away, and waits for its end.
  func host(_ guest: Guest) {
    let end = DispatchSemaphore(value: 0)
    Task.detached { [services, inbox] in
      do {
        try await services.host(guest)
      } catch {
        inbox.post(.failed(SafeText("\(error)")))
      }
      end.signal()
    }
    end.wait()
  }

  private func save(_ text: String, _ path: String) {
    writes.async { [services, inbox, messages] in
      do {
        inbox.post(.noticed(messages(.saved, try services.save(text, path))))
      } catch {
        inbox.post(.failed(SafeText("\(error)")))
      }
    }
  }

  private func load(_ work: @escaping @Sendable (ReaderServices) throws -> [Event]) {
    reads.async { [services, inbox] in
      cn_guard_thread()
      do {
        for event in try work(services) { inbox.post(event) }
      } catch {
        inbox.post(.failed(SafeText("\(error)")))
      }
    }
  }

  private func loadPost(_ slug: Slug) {
    load { services in
      let opened = try services.post(slug)
      let loaded = Event.postLoaded(
        opened.post, marks: opened.marks, backlinks: opened.backlinks, images: opened.images)
      return [loaded] + (opened.notice.map { [.failed(SafeText($0))] } ?? [])
    }
  }

  /// Decodes one image after the other, so that a post full of them leaves a core to the reader.
  private func loadImage(_ slug: Slug, _ name: String) {
    images.async { [services, inbox] in
      let end = DispatchSemaphore(value: 0)
      Task.detached {
        inbox.post(.imageLoaded(slug, name: name, await services.image(slug, name)))
        end.signal()
      }
      end.wait()
    }
  }

  private func loadRun(_ demo: DemoID) {
    load { services in
      guard let run = try services.lastRun(demo) else { return [] }
      return [.runLoaded(run, run.lines.compactMap { try? DemoMessage(wireLine: $0) })]
    }
  }

  /// Searches, unless a newer search has been asked for by the time the queue comes to this one.
  private func search(_ query: SearchQuery) {
    let number = searchCount.next()
    services.interruptSearch()
    searches.async { [services, inbox, searchCount] in
      guard searchCount.last == number else { return }
      cn_guard_thread()
      do {
        let results = try services.search(query)
        inbox.post(.searched(query, results))
      } catch {
        // An overtaken search was interrupted on purpose.
        if searchCount.last == number { inbox.post(.failed(SafeText("\(error)"))) }
      }
    }
  }

  private func remember(_ change: StateChange) {
    writes.async { [services, inbox, messages] in
      do {
        try services.remember(change)
      } catch {
        inbox.post(.failed(messages(.stateNotSaved, "\(error)")))
      }
    }
  }

  private func start(_ run: RunID, _ request: DemoRequest) {
    let record = RunRecord(request: request)
    stops[run] = services.startDemo(request) { [services, inbox, writes, messages] message in
      inbox.post(.demo(run, message))
      guard let finished = record.add(message) else { return }
      writes.async {
        do {
          try services.remember(.ran(finished))
        } catch {
          inbox.post(.failed(messages(.stateNotSaved, "\(error)")))
        }
      }
    }
  }
}
