/// What somebody who mistyped a name probably meant.
enum Suggestion {
  /// The nearest of the candidates, if one is near: at most a third of its letters differ.
  static func nearest(to name: String, in candidates: [String]) -> String? {
    let scored = candidates.map { (name: $0, distance: distance(name, $0)) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    let near = best.distance <= max(1, best.name.count / 3)
    let begins = name.count >= 3 && best.name.hasPrefix(name)
    if near || begins { return best.name }
    return candidates.first { name.count >= 3 && $0.hasPrefix(name) }
  }

  /// How many letters must be added, left out, replaced or swapped with their neighbour.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
