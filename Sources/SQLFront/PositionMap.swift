/// Leads from a byte of a rewritten text back to the byte of the client's text that it came from.
package struct PositionMap: Sendable, Equatable {
  struct Segment: Sendable, Equatable {
    /// Where the segment starts in the rewritten text.
    var output: Int
    /// Where it came from.
    var source: Int
    /// Copied byte by byte; otherwise the whole segment stands for `source`.
    var isCopied: Bool
  }
  var segments: [Segment] = []

  package init() {}

  /// The byte offset in the text that the client sent.
  package func sourcePosition(of output: Int) -> Int {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].output <= output { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return segments.first?.source ?? output }
    let segment = segments[low - 1]
    return segment.isCopied ? segment.source + (output - segment.output) : segment.source
  }
}

/// A statement for the engine.
package struct RewrittenSQL: Sendable, Equatable {
  package var text: String
  package var positions: PositionMap

  package init(text: String, positions: PositionMap = PositionMap()) {
    self.text = text
    self.positions = positions
  }
}
