import Glibc
import Warehouses

extension Settings {
  /// The least memory that an engine is given, in bytes.
  private static let leastMemoryBytes = 64 << 20

  /// The warehouses of this server.
  var warehouses: [WarehouseDefinition] {
    let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let machineBytes = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
    return WarehouseDefinition.fresh(
      threads: number("threads") ?? processors, memoryBytes: number("memory-limit") ?? machineBytes / 5 * 4
    ).map { definition in
      var definition = definition
      definition.memoryBytes = max(definition.memoryBytes, Self.leastMemoryBytes)
      return definition
    }
  }
}
