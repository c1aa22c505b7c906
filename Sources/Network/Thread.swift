import CPlatform
import Glibc

/// Threads for blocking work. A session is a thread; nothing blocks the cooperative pool.
package enum Thread {
  /// Virtual memory of a stack; the system backs only the pages that are touched.
  package static let defaultStackBytes = 8 << 20

  /// Starts a detached thread. Linux shows the first 15 bytes of the name.
  package static func start(
    name: String, stackBytes: Int = defaultStackBytes, body: @escaping @Sendable () -> Void
  ) throws(NetworkError) {
    let error = unsafe launch(name, stackBytes, body, nil)
    guard error == 0 else { throw .system("cannot start the thread \(name)", error) }
  }

  /// Starts a thread whose end can be waited for; `join` must be called exactly once.
  package static func startJoinable(
    name: String, stackBytes: Int = defaultStackBytes, body: @escaping @Sendable () -> Void
  ) throws(NetworkError) -> JoinableThread {
    var handle: UInt64 = 0
    // The handle is written before the call returns.
    let error = unsafe withUnsafeMutablePointer(to: &handle) { unsafe launch(name, stackBytes, body, $0) }
    guard error == 0 else { throw .system("cannot start the thread \(name)", error) }
    return JoinableThread(handle: handle)
  }

  private static func launch(
    _ name: String, _ stackBytes: Int, _ body: @escaping @Sendable () -> Void,
    _ handle: UnsafeMutablePointer<UInt64>?
  ) -> Int32 {
    // The thread takes this reference over; it is released here only when no thread started.
    let box = unsafe Unmanaged.passRetained(ThreadBody(body))
    let error = unsafe martinet_thread_start(
      name, UInt64(stackBytes),
      { context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
      }, box.toOpaque(), handle)
    if error != 0 { unsafe box.release() }
    return error
  }
}

/// A running thread that somebody waits for.
package struct JoinableThread: Sendable {
  fileprivate let handle: UInt64

  /// Waits for the end of the thread. Call once.
  package func join() {
    _ = martinet_thread_join(handle)
  }
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
