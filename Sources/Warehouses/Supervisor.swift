import Glibc
package import Network
import Synchronization

/// Starts the processes of warehouses when they are wanted, watches them, starts those again that end, and ends
/// them all: a thread for each warehouse, which lives as long as the process.
package final class Supervisor: Sendable {
  /// How the processes are started.
  package struct Launch: Sendable {
    /// The path of this program.
    package var program: String
    /// The private folder of the sockets.
    package var folder: String
    /// The command line of a warehouse, without the program's name.
    package var arguments: @Sendable (WarehouseDefinition) -> [String]
    /// What the processes are told on their standard input, in hexadecimal digits.
    package var secret: String
    /// Tells the operator what happens; the flag says whether it is trouble.
    package var log: @Sendable (_ isTrouble: Bool, _ message: String) -> Void

    package init(
      program: String, folder: String, secret: String,
      arguments: @escaping @Sendable (WarehouseDefinition) -> [String],
      log: @escaping @Sendable (_ isTrouble: Bool, _ message: String) -> Void
    ) {
      self.program = program
      self.folder = folder
      self.secret = secret
      self.arguments = arguments
      self.log = log
    }
  }

  /// What a session finds when it wants a warehouse.
  package enum Availability: Sendable {
    /// It listens on this path.
    case ready(socket: String)
    /// It is on its way; the wake signal that was given will say so.
    case starting
    /// It ends whenever it is started, or may not run.
    case unavailable(WarehouseError)
  }

  private let keepers: [String: WarehouseKeeper]
  private let names: [String]

  package init(_ definitions: [WarehouseDefinition], launch: Launch) {
    keepers = Dictionary(
      uniqueKeysWithValues: definitions.map { ($0.name, WarehouseKeeper($0, launch)) })
    names = definitions.map(\.name)
  }

  /// Whether there is a warehouse of that name.
  package func has(_ name: String) -> Bool { keepers[name] != nil }

  /// Asks for a warehouse, starting it if it does not run.
  ///
  /// - Parameter waiter: signalled once when the answer may be another one.
  package func request(_ name: String, waiter: WakeSignal) -> Availability {
    guard let keeper = keepers[name] else {
      return .unavailable(WarehouseError("warehouse \"\(name)\" does not exist"))
    }
    return keeper.request(waiter: waiter)
  }

  /// How a warehouse is, without asking for it; nil where it does not run.
  package func availability(of name: String) -> Availability? { keepers[name]?.availability }

  /// The waiter is no longer interested.
  package func forget(_ name: String, waiter: WakeSignal) { keepers[name]?.forget(waiter) }

  /// Starts a warehouse and waits until it is ready.
  package func start(_ name: String) throws(WarehouseError) {
    guard let keeper = keepers[name] else { throw WarehouseError("warehouse \"\(name)\" does not exist") }
    let wake: WakeSignal
    do throws(NetworkError) { wake = try WakeSignal() } catch { throw WarehouseError(error.message) }
    defer { keeper.forget(wake) }
    while true {
      switch keeper.request(waiter: wake) {
      case .ready: return
      case .unavailable(let error): throw error
      case .starting:
        if let failure = keeper.firstFailure { throw failure }
        _ = wake.wait(timeoutMilliseconds: 1000)
        wake.clear()
      }
    }
  }

  /// The number of the running process of a warehouse.
  package func processID(of name: String) -> Int32? { keepers[name]?.processID }

  /// Ends all processes: politely first, by force after the time.
  package func stop(graceMilliseconds: Int) {
    for name in names { keepers[name]?.stop() }
    let deadline = Deadline(milliseconds: graceMilliseconds)
    while keepers.values.contains(where: { $0.isAlive }), !deadline.isOver {
      Deadline.sleep(milliseconds: 10)
    }
    for keeper in keepers.values { keeper.kill() }
    let last = Deadline(milliseconds: 2000)
    while keepers.values.contains(where: { $0.isAlive }), !last.isOver { Deadline.sleep(milliseconds: 10) }
  }
}
