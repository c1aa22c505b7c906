import CPlatform
import Glibc

/// A file whose bytes are locks between the processes of one machine. A lock ends with the process that holds it,
/// however it ends. Each object has an open file of its own, so two objects in one process exclude each other too.
final class LockFile: Sendable {
  enum Mode: Sendable {
    case shared, exclusive
  }

  let path: String
  private let descriptor: Int32

  /// Opens the file, which is made if there is none.
  init(path: String) throws(LakeError) {
    self.path = path
    // Safe: the string is lent for the call.
    descriptor = unsafe martinet_open(path, O_RDWR | O_CREAT, 0o600)
    guard descriptor >= 0 else { throw LakeError.system("cannot open the lock file \(path)") }
  }

  deinit { close(descriptor) }

  /// False where another open file has the byte.
  func tryLock(_ byte: Int64, _ mode: Mode) throws(LakeError) -> Bool {
    let mode = mode == .shared ? martinet_lock_shared : martinet_lock_exclusive
    switch martinet_lock_byte(descriptor, byte, Int32(mode)) {
    case 0: return true
    case 1: return false
    default: throw LakeError.system("cannot lock \(path)")
    }
  }

  func unlock(_ byte: Int64) {
    // Unlocking what is open cannot fail.
    _ = martinet_lock_byte(descriptor, byte, Int32(martinet_lock_none))
  }

  /// The number at `offset`; 0 where none was written.
  func number(at offset: Int) -> Int64 {
    var value: Int64 = 0
    // Safe: the variable has the 8 bytes.
    let count = unsafe pread(descriptor, &value, 8, offset)
    return count == 8 ? value : 0
  }

  func write(_ number: Int64, at offset: Int) throws(LakeError) {
    var value = number
    // Safe: the variable has the 8 bytes.
    guard unsafe pwrite(descriptor, &value, 8, offset) == 8 else {
      throw LakeError.system("cannot write \(path)")
    }
  }
}

extension LakeError {
  /// With the reason of the system call that failed last.
  static func system(_ what: String) -> LakeError {
    let reason = unsafe String(cString: strerror(errno))
    return LakeError(.configuration, "\(what): \(reason)")
  }
}
