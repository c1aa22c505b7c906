import Glibc
import Network
import Synchronization
import Testing

@Suite struct ProcessTests {
  @Test func aLockNamesItsHolder() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("lock")
    do {
      let held = try FileLock(path: path)
      let error = #expect(throws: NetworkError.self) { try FileLock(path: path) }
      #expect(error?.code == .locked)
      #expect(error?.message == "\(held.path) is locked by process \(getpid())")
      #expect(shell("flock -n '\(path)' echo free").isEmpty)
    }
    #expect(shell("flock -n '\(path)' echo free") == "free\n")
    _ = try FileLock(path: path)
  }

  @Test func aLockThatCannotBeMadeSaysWhy() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: NetworkError.self) { try FileLock(path: folder.file("none/lock")) }
    #expect(error?.code == .file)
    #expect(error?.message.contains("No such file or directory") == true)
  }

  @Test func threadsHaveNamesAndEnd() throws {
    let names = Mutex<[String]>([])
    let threads = try (0..<20).map { number in
      try Thread.startJoinable(name: "worker-\(number)-with-a-long-name") {
        guard let file = fopen("/proc/thread-self/comm", "r") else { return }
        defer { fclose(file) }
        var name = [CChar](repeating: 0, count: 32)
        _ = fgets(&name, 32, file)
        let text = String(decoding: name.prefix { $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        names.withLock { $0.append(text) }
      }
    }
    for thread in threads { thread.join() }
    #expect(names.withLock { $0.count } == 20)
    #expect(names.withLock { $0.contains("worker-3-with-a") })
  }
}
