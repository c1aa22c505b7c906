import Glibc
import Lake

/// `martinet load`: demo and benchmark data.
enum LoadCommand {
  static let command = Command(
    path: ["load"], summary: "fill the lake with the Star Schema Benchmark, TPC-H or TPC-DS",
    discussion: """
      Makes the tables of a benchmark in a schema of its name, all of them or none: ssb is a star of one fact
      table and four dimensions, tpch a snowflake of eight tables, tpcds has 24. No server may run on the
      data folder meanwhile. Tables that are there already are left as they are.
      """,
    operands: [
      Command.Operand(name: "DATASET", description: "which one", choices: Dataset.allCases.map(\.rawValue))
    ],
    options: [
      Command.Option("scale", "N", "1 is about 6 million rows of facts; fractions are allowed; default 1"),
      Command.Option("replace", nil, "make tables anew that are there already"),
    ],
    settings: SettingTable.all.filter {
      [.storage, .engine].contains($0.group) || $0.name == "data"
    }.map(\.name),
    examples: [
      .init("martinet load ssb --scale 1 --data ./lake", "6 million rows of a star schema"),
      .init("martinet load tpch --scale 0.1 --data ./lake", "a small TPC-H"),
    ],
    run: { (invocation) throws(CommandError) in try run(invocation) })

  private static func run(_ invocation: Invocation) throws(CommandError) {
    guard let dataset = Dataset(rawValue: invocation.operands[0]) else {
      throw .usage("there is no data set \(invocation.operands[0])")
    }
    let written = invocation.options["scale"] ?? "1"
    guard let scale = Double(written), scale.isFinite, scale > 0 else {
      throw .usage("--scale must be a number above 0, not \"\(written)\"")
    }
    let folder = try DataFolder(invocation.settings)
    try folder.make()
    let lock = try folder.lock(for: "load data")
    defer { withExtendedLifetime(lock) {} }
    let configuration = DataLoader.configuration(
      try invocation.settings.lakeConfiguration(folder), for: dataset)
    let progress = ProgressLine()
    do throws(LakeError) {
      let loader = DataLoader(lake: try Lake.open(configuration)) {
        progress.show($0.step, fraction: $0.fraction)
      }
      let outcome = try loader.load(dataset, scale: scale, replaces: invocation.has("replace"))
      progress.end()
      switch outcome {
      case .loaded(let rows): Output.print("loaded \(rows) rows into schema \(dataset.schema)")
      case .alreadyThere:
        Output.print("schema \(dataset.schema) is there already; --replace makes it anew")
      }
    } catch {
      progress.end()
      throw CommandError(error)
    }
  }
}
