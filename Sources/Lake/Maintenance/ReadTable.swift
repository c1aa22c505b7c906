import CPlatform
import Glibc
import Synchronization

/// The open reads of one process in a file that maintenance in another process looks at: a slot for each, with when
/// it began and the snapshot that it reads. A lock on the file says that its process lives.
///
/// A read costs two stores into shared memory.
@safe
final class ReadTable: @unchecked Sendable {
  // Unchecked: a slot belongs to one read at a time; others only look at it.
  struct Entry: Equatable {
    /// Microseconds since 1970; 0 in a free slot.
    var began: Int64
    /// -1 until it is known.
    var snapshot: Int64
  }

  /// More reads than this at a time share the last slot, which then holds back maintenance altogether.
  static let slots = 4096
  private static let bytes = slots * MemoryLayout<Entry>.stride
  private static let lifeByte: Int64 = 1 << 40

  let path: String
  private let file: LockFile
  private let entries: UnsafeMutablePointer<Entry>

  /// Makes the file of this process in `folder`.
  init(folder: String) throws(LakeError) {
    let name = "\(getpid())-\(wallClockMicroseconds())"
    path = "\(folder)/\(name)"
    // Hidden until it is locked: maintenance takes an unlocked one for a dead process's.
    let hidden = "\(folder)/.\(name)"
    file = try LockFile(path: hidden)
    guard try file.tryLock(Self.lifeByte, .exclusive) else {
      throw LakeError(.configuration, "\(hidden) belongs to another process")
    }
    unsafe entries = try Self.map(hidden, writable: true)
    guard unsafe rename(hidden, path) == 0 else { throw LakeError.system("cannot make \(path)") }
  }

  deinit {
    // Safe: mapped by init with this size.
    unsafe munmap(entries, Self.bytes)
    unsafe unlink(path)
  }

  func set(_ slot: Int, _ entry: Entry) {
    // The snapshot first: a slot with a beginning is whole.
    // Safe: the slot is below `slots`.
    unsafe entries[slot].snapshot = entry.snapshot
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    unsafe entries[slot].began = entry.began
    atomicMemoryFence(ordering: .sequentiallyConsistent)
  }

  /// What the living processes read, this one's included. Files of dead ones are deleted.
  static func all(in folder: String, own: ReadTable) throws(LakeError) -> [Entry] {
    var found: [Entry] = []
    for name in try fileNames(in: folder) {
      let path = "\(folder)/\(name)"
      if path != own.path {
        let file = try LockFile(path: path)
        if try file.tryLock(lifeByte, .exclusive) {
          unsafe unlink(path)
          continue
        }
      }
      let entries = unsafe try map(path, writable: false)
      // Safe: mapped with this size just now, and unmapped here.
      defer { unsafe munmap(entries, bytes) }
      for slot in 0..<slots {
        let entry = unsafe entries[slot]
        if entry.began != 0 { found.append(entry) }
      }
    }
    return found
  }

  private static func map(_ path: String, writable: Bool) throws(LakeError) -> UnsafeMutablePointer<Entry> {
    // Safe: the descriptor is closed here; the mapping outlives it.
    let descriptor = unsafe martinet_open(path, O_RDWR, 0)
    guard descriptor >= 0 else { throw LakeError.system("cannot open \(path)") }
    defer { close(descriptor) }
    // A process that is just starting may not have made its file long enough.
    guard ftruncate(descriptor, bytes) == 0 else { throw LakeError.system("cannot make \(path)") }
    let access = writable ? PROT_READ | PROT_WRITE : PROT_READ
    let memory = unsafe mmap(nil, bytes, access, MAP_SHARED, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw LakeError.system("cannot map \(path)")
    }
    return unsafe memory.bindMemory(to: Entry.self, capacity: slots)
  }

  private static func fileNames(in folder: String) throws(LakeError) -> [String] {
    // Safe: the stream is closed here, and entries are copied before the next is read.
    guard let stream = unsafe opendir(folder) else { throw LakeError.system("cannot list \(folder)") }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
