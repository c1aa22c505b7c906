import CPlatform
import Glibc

/// An exclusive lock on a file, held until the value is released or the process ends, however it ends.
/// The file holds the process id of the holder.
package final class FileLock: Sendable {
  private let descriptor: Int32
  package let path: String

  /// Takes the lock or throws `.locked`, naming the process that holds it.
  package init(path: String) throws(NetworkError) {
    self.path = path
    let file = unsafe martinet_open(path, O_RDWR | O_CREAT, 0o600)
    guard file >= 0 else { throw .system("cannot open the lock file \(path)", code: .file) }
    guard martinet_try_lock_file(file) == 0 else {
      let error = errno
      let holder = Self.readProcessID(file)
      close(file)
      guard error == EWOULDBLOCK else { throw .system("cannot lock \(path)", error, code: .file) }
      let who = holder.map { "process \($0)" } ?? "another process"
      throw NetworkError(.locked, "\(path) is locked by \(who)", errorNumber: error)
    }
    descriptor = file
    let text = "\(getpid())\n"
    // A pid that cannot be written (disk full) makes a worse message later, not a worse lock.
    if ftruncate(file, 0) == 0 {
      _ = unsafe pwrite(file, text, text.utf8.count, 0)
    }
  }

  deinit {
    // The file stays: removing it would let two processes lock two files of the same name.
    _ = ftruncate(descriptor, 0)
    close(descriptor)
  }

  private static func readProcessID(_ file: Int32) -> Int32? {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      // pread writes at most the 32 bytes of the buffer.
      let count = unsafe pread(file, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return nil }
      let digits = unsafe buffer[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }
      return unsafe Int32(String(decoding: digits, as: UTF8.self))
    }
  }
}
