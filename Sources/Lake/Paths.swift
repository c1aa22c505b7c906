import Glibc

/// The path from the root, without touching the file system beyond the working folder.
func absolutePath(_ path: String) -> String {
  if path.hasPrefix("/") { return path }
  // Safe: getcwd allocates the answer, which is copied and freed here.
  guard let folder = unsafe getcwd(nil, 0) else { return path }
  defer { unsafe free(folder) }
  return unsafe String(cString: folder) + "/" + path
}

/// Makes a folder and those above it, readable by their owner alone.
func makeFolder(_ path: String) throws(LakeError) {
  var reached = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    reached += part + "/"
    // Safe: the strings are lent for the calls.
    if unsafe mkdir(reached, 0o700) != 0, errno != EEXIST, errno != EISDIR {
      let reason = unsafe String(cString: strerror(errno))
      throw LakeError(.configuration, "could not create the folder \(reached): \(reason)")
    }
  }
}

/// Whether there is something at `path`.
func fileExists(_ path: String) -> Bool {
  // Safe: the string is lent for the call.
  unsafe access(path, F_OK) == 0
}

/// Up to `count` bytes from the start of a file; nil when it cannot be read.
func firstBytes(of path: String, count: Int) -> [UInt8]? {
  // Safe: the descriptor is closed here and the buffer has `count` bytes.
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: count)
  let length = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, count) }
  guard length >= 0 else { return nil }
  return Array(bytes.prefix(length))
}

/// Microseconds since 1970 by the machine's clock, as the engine's `now()` counts them.
func wallClockMicroseconds() -> Int64 {
  var time = timespec()
  // Safe: the structure belongs to this call.
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
}

/// Removes a file and what DuckDB puts beside it; nothing happens when it is not there.
func removeFile(_ path: String) {
  // Safe: the strings are lent for the calls.
  unsafe unlink(path)
  unsafe unlink(path + ".wal")
}
