import ControlStore
import Glibc
import Network

/// The folder that holds everything that must survive a restart.
struct DataFolder: Sendable {
  let path: String

  init(_ settings: Settings) throws(CommandError) { path = try settings.dataFolder() }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes the folder and those above it, for this user alone.
  func make() throws(CommandError) {
    try Self.make(path)
    try close()
  }

  /// Takes a folder that was there before away from the machine's other users, as initdb does. A folder of somebody
  /// else, such as a mounted volume's, is as its owner made it.
  private func close() throws(CommandError) {
    var information = stat()
    guard stat(path, &information) == 0, information.st_uid == geteuid(), information.st_mode & 0o077 != 0
    else { return }
    guard chmod(path, 0o700) == 0 else {
      throw CommandError("cannot close \(path) to other users: \(String(cString: strerror(errno)))")
    }
  }

  /// The folder of the sockets between this server's processes, which nobody else may enter.
  func runFolder() throws(CommandError) -> String {
    let run = file("run")
    try Self.make(run)
    guard chmod(run, 0o700) == 0 else {
      throw CommandError("cannot close \(run) to other users: \(String(cString: strerror(errno)))")
    }
    return run
  }

  static func make(_ path: String) throws(CommandError) {
    var reached = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      reached += part + "/"
      if mkdir(reached, 0o700) != 0, errno != EEXIST {
        let reason = String(cString: strerror(errno))
        var information = stat()
        // Some systems refuse to make what is there, for another reason than that it is there.
        guard stat(reached, &information) == 0 else {
          throw CommandError("cannot make the folder \(reached): \(reason)")
        }
      }
    }
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw CommandError("\(path) is not a folder")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw CommandError("the folder \(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Keeps other processes from opening the lake for as long as the lock is held.
  func lock(for purpose: String) throws(CommandError) -> FileLock {
    do throws(NetworkError) {
      return try FileLock(path: file("lock"))
    } catch {
      guard error.code == .locked else { throw CommandError(error.message) }
      throw CommandError(
        "\(path) is in use: \(error.message)",
        hint: "Only one process can \(purpose). Stop the other one, or use another data folder.", exit: .inUse
      )
    }
  }

  /// Makes sure that a warehouse has one process. One that an earlier server left is about to end: its end is waited
  /// for, so that nobody writes behind the back of the new one.
  func lockWarehouse(_ name: String, waitMilliseconds: Int = 10_000) throws(CommandError) -> FileLock {
    let path = "\(try runFolder())/\(name).lock"
    let deadline = Deadline(milliseconds: waitMilliseconds)
    while true {
      do throws(NetworkError) {
        return try FileLock(path: path)
      } catch {
        guard error.code == .locked, !deadline.isOver else {
          throw CommandError(
            error.message,
            hint: error.code == .locked ? "A process of an earlier server goes on: end it." : nil,
            exit: error.code == .locked ? .inUse : .failure)
        }
      }
      Deadline.sleep(milliseconds: 20)
    }
  }

  /// Opens the control store, which several processes may do at a time.
  func openControlStore(mustExist: Bool = false) throws(CommandError) -> ControlStore {
    let file = file("control.sqlite")
    if mustExist {
      guard access(file, F_OK) == 0 else {
        throw CommandError(
          "there is no Martinet in \(path)", hint: "`martinet serve` or `martinet user add` makes one.")
      }
    } else {
      try make()
    }
    return try attempt { () throws(ControlStoreError) in try ControlStore.open(file) }
  }
}
