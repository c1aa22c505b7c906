import Glibc
import Network
import Synchronization

/// One warehouse's process through its life, on a thread of its own.
final class WarehouseKeeper: Sendable {
  private enum Phase {
    /// There is no process, and nobody wants one.
    case asleep
    /// A process is on its way.
    case starting
    case ready
    /// It ended and waits for its next start.
    case pausing
    /// It shall not run any more.
    case stopped
  }

  private struct State {
    var phase = Phase.asleep
    var hasThread = false
    var child: ChildProcess?
    var waiters: [WakeSignal] = []
    var policy = RestartPolicy()
    var lastExit: Int32 = 0
    /// Why the first start did not lead to a process that serves.
    var firstFailure: WarehouseError?
    var hasBeenReady = false
  }

  private let definition: WarehouseDefinition
  private let launch: Supervisor.Launch
  private let socket: String
  private let state = Mutex(State())

  init(_ definition: WarehouseDefinition, _ launch: Supervisor.Launch) {
    self.definition = definition
    self.launch = launch
    socket = "\(launch.folder)/\(definition.name).sock"
  }

  var firstFailure: WarehouseError? { state.withLock { $0.firstFailure } }
  var processID: Int32? { state.withLock { $0.child?.processID } }
  var isAlive: Bool { state.withLock { $0.child != nil } }

  var availability: Supervisor.Availability? {
    state.withLock { $0.phase == .ready ? .ready(socket: socket) : nil }
  }

  func request(waiter: WakeSignal) -> Supervisor.Availability {
    let (answer, startsThread) = state.withLock { state -> (Supervisor.Availability, Bool) in
      switch state.phase {
      case .ready: return (.ready(socket: socket), false)
      case .stopped: return (.unavailable(WarehouseError("the server is stopping")), false)
      case .pausing where state.policy.isCrashLoop:
        let text =
          "warehouse \"\(definition.name)\" ended \(state.policy.quickEnds) times before it was ready"
        return (.unavailable(WarehouseError(text, exitStatus: state.lastExit)), false)
      case .asleep, .starting, .pausing:
        if !state.waiters.contains(where: { $0 === waiter }) { state.waiters.append(waiter) }
        defer { state.hasThread = true }
        if state.phase == .asleep { state.phase = .starting }
        return (.starting, !state.hasThread)
      }
    }
    if startsThread {
      do throws(NetworkError) {
        try Thread.start(name: "warehouse") { [self] in keep() }
      } catch {
        state.withLock { $0.hasThread = false }
        return .unavailable(WarehouseError(error.message))
      }
    }
    return answer
  }

  func forget(_ waiter: WakeSignal) { state.withLock { $0.waiters.removeAll { $0 === waiter } } }

  /// Asks the process to end, for good.
  func stop() {
    let child = state.withLock { state in
      state.phase = .stopped
      return state.child
    }
    child?.signal(SIGTERM)
    wakeAll()
  }

  /// Ends the process at once.
  func kill() { state.withLock { $0.child }?.signal(SIGKILL) }

  // MARK: The thread

  private func keep() {
    while let pause = runOnce() {
      var left = pause
      while left > 0, state.withLock({ $0.phase != .stopped }) {
        Deadline.sleep(milliseconds: min(left, 50))
        left -= 50
      }
    }
  }

  /// Runs the process from its start to its end.
  ///
  /// - Returns: the pause before the next start in milliseconds; nil when it shall not run any more.
  private func runOnce() -> Int? {
    guard enter(.starting) else { return nil }
    let child: ChildProcess
    do throws(WarehouseError) {
      child = try ChildProcess.start(
        program: launch.program, arguments: launch.arguments(definition), secret: launch.secret)
    } catch {
      launch.log(true, "warehouse \(definition.name): \(error.message)")
      return ended(status: -1, wasReady: false, cause: error)
    }
    let isWanted = state.withLock { state in
      state.child = child
      return state.phase != .stopped
    }
    if !isWanted { child.signal(SIGTERM) }
    let isReady = child.waitUntilReady()
    if isReady, enter(.ready) {
      state.withLock { $0.hasBeenReady = true }
      launch.log(false, "warehouse \(definition.name) is ready, process \(child.processID)")
      wakeAll()
    }
    let status = child.waitForEnd()
    state.withLock { $0.child = nil }
    child.close()
    return ended(status: status, wasReady: isReady, cause: nil)
  }

  private func ended(status: Int32, wasReady: Bool, cause: WarehouseError?) -> Int? {
    let pause = state.withLock { state -> Int? in
      if state.phase == .stopped { return nil }
      state.lastExit = status
      if !state.hasBeenReady, state.firstFailure == nil {
        let text = "warehouse \"\(definition.name)\" did not start"
        state.firstFailure = cause ?? WarehouseError(text, exitStatus: status)
      }
      state.phase = .pausing
      return state.policy.ended(wasReady: wasReady)
    }
    guard let pause else {
      wakeAll()
      return nil
    }
    let how = status < 0 ? "was killed by signal \(-status)" : "ended with status \(status)"
    launch.log(true, "warehouse \(definition.name) \(how)" + (pause > 0 ? ", next start in \(pause) ms" : ""))
    wakeAll()
    return pause
  }

  /// Goes into a phase unless the warehouse shall not run any more.
  private func enter(_ phase: Phase) -> Bool {
    state.withLock { state in
      guard state.phase != .stopped else { return false }
      state.phase = phase
      return true
    }
  }

  private func wakeAll() {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.signal() }
  }
}
