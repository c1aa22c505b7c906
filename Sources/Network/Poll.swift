import Glibc

/// Why a wait ended.
package enum WaitResult: Sendable {
  case readable, timedOut, woken
}

enum PollResult: Sendable {
  case ready, timedOut, woken
}

/// Waits until `events` (or an error, or a hang-up) happen on `socket`, `wake` is on, or the time is over.
/// A wake-up counts before readiness, so that a busy peer cannot hide it.
func waitForEvents(
  on socket: Int32, _ events: Int32, wake: WakeSignal?, deadline: Deadline
) -> PollResult {
  let none = Int16(0)
  while true {
    var set = (
      pollfd(fd: socket, events: Int16(events), revents: none),
      pollfd(fd: wake?.descriptor ?? -1, events: Int16(POLLIN), revents: none)
    )
    // The tuple holds two adjacent pollfd structures; negative descriptors are skipped by poll.
    let count = unsafe withUnsafeMutableBytes(of: &set) { bytes in
      unsafe poll(bytes.bindMemory(to: pollfd.self).baseAddress, 2, deadline.pollMilliseconds)
    }
    if count > 0 {
      return set.1.revents != 0 ? .woken : .ready
    }
    if count == 0 && deadline.isOver { return .timedOut }
    // EINTR, or poll was early: wait for the rest. Other errors (EINVAL, ENOMEM) cannot be waited out;
    // reported as ready, the call that follows meets the real error.
    if count < 0 && errno != EINTR { return .ready }
  }
}
