import Glibc

/// What two streams are ready for.
package struct PairEvents: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// A read of the first stream returns at once: bytes, the end, or an error.
  package static let firstReadable = PairEvents(rawValue: 1)
  package static let secondReadable = PairEvents(rawValue: 2)
  /// The second stream takes bytes.
  package static let secondWritable = PairEvents(rawValue: 4)
  package static let woken = PairEvents(rawValue: 8)
}

/// Two streams between which bytes go both ways. The calling thread must be the one that both belong to.
extension Stream {
  /// Waits until one of the wanted events happens; empty when the time is over.
  ///
  /// - Parameters:
  ///   - second: nil where there is no other stream yet.
  ///   - wanted: which of the events end the wait; a wake-up always does.
  package static func wait(
    _ first: Stream, _ second: Stream?, for wanted: PairEvents, wake: WakeSignal,
    timeoutMilliseconds: Int? = nil
  ) throws(NetworkError) -> PairEvents {
    let deadline = Deadline(milliseconds: timeoutMilliseconds)
    while true {
      // Decrypted bytes wait in memory, where poll does not see them.
      let firstHasBytes = wanted.contains(.firstReadable) && first.hasDecryptedBytes
      let secondHasBytes = wanted.contains(.secondReadable) && second?.hasDecryptedBytes == true
      let isReady = firstHasBytes || secondHasBytes
      var events = poll(first, second, for: wanted, wake, isReady ? Deadline(milliseconds: 0) : deadline)
      if events.contains(.firstReadable), !firstHasBytes, first.isEncrypted, !first.peekTLS() {
        events.remove(.firstReadable)
      }
      if events.contains(.secondReadable), !secondHasBytes, let second, second.isEncrypted, !second.peekTLS()
      {
        events.remove(.secondReadable)
      }
      if firstHasBytes { events.insert(.firstReadable) }
      if secondHasBytes { events.insert(.secondReadable) }
      if !events.isEmpty || deadline.isOver { return events }
    }
  }

  private static func poll(
    _ first: Stream, _ second: Stream?, for wanted: PairEvents, _ wake: WakeSignal, _ deadline: Deadline
  ) -> PairEvents {
    let none = Int16(0)
    let input = Int16(POLLIN)
    let secondEvents =
      (wanted.contains(.secondReadable) ? input : 0)
      | (wanted.contains(.secondWritable) ? Int16(POLLOUT) : 0)
    var set = (
      pollfd(fd: wanted.contains(.firstReadable) ? first.socket : -1, events: input, revents: none),
      pollfd(fd: secondEvents == 0 ? -1 : second?.socket ?? -1, events: secondEvents, revents: none),
      pollfd(fd: wake.descriptor, events: input, revents: none)
    )
    // The tuple holds three adjacent pollfd structures; negative descriptors are skipped by poll.
    let count = unsafe withUnsafeMutableBytes(of: &set) { bytes in
      unsafe Glibc.poll(bytes.bindMemory(to: pollfd.self).baseAddress, 3, deadline.pollMilliseconds)
    }
    guard count > 0 else { return [] }
    var events: PairEvents = []
    if set.0.revents != 0 { events.insert(.firstReadable) }
    if set.1.revents & ~Int16(POLLOUT) != 0 { events.insert(.secondReadable) }
    if set.1.revents & Int16(POLLOUT) != 0 { events.insert(.secondWritable) }
    if set.2.revents != 0 { events.insert(.woken) }
    return events
  }

  /// Writes as many bytes as the peer takes without waiting, in clear; returns how many.
  package func writeSome(_ bytes: UnsafeRawBufferPointer) throws(NetworkError) -> Int {
    try requireOpen()
    guard unsafe tls == nil else {
      try unsafe write(bytes)
      return bytes.count
    }
    while true {
      // send reads at most the caller's buffer.
      let count = unsafe send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: return 0
      case let error: throw Self.lost("writing to the other end failed", error)
      }
    }
  }
}
