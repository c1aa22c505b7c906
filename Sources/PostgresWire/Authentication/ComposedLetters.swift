/// Canonical compositions of Latin, Greek and Cyrillic letters with one mark (UnicodeData.txt).
enum ComposedLetters {
  /// The letter that `base` and `mark` make together; nil if they stay two.
  static func compose(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    compositions[Pair(base: base, mark: mark)]
  }

  /// The base and the mark of a composed letter; nil if it is not one.
  static func decompose(_ letter: Unicode.Scalar) -> (base: Unicode.Scalar, mark: Unicode.Scalar)? {
    decompositions[letter].map { ($0.base, $0.mark) }
  }

  private struct Pair: Hashable {
    var base: Unicode.Scalar
    var mark: Unicode.Scalar
  }

  private static let compositions: [Pair: Unicode.Scalar] = {
    var compositions: [Pair: Unicode.Scalar] = [:]
    for (mark, letters) in table {
      let scalars = Array(letters.unicodeScalars)
      for index in stride(from: 0, to: scalars.count - 1, by: 2) {
        compositions[Pair(base: scalars[index], mark: mark)] = scalars[index + 1]
      }
    }
    return compositions
  }()

  private static let decompositions: [Unicode.Scalar: Pair] = {
    var decompositions: [Unicode.Scalar: Pair] = [:]
    for (pair, letter) in compositions { decompositions[letter] = pair }
    return decompositions
  }()

  /// For every mark the letters that take it, each followed by what it becomes.
  private static let table: [(Unicode.Scalar, String)] = [
    (
      "\u{300}",
      "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳἀἂἁἃἈἊἉἋἐἒἑἓἘἚἙἛἠἢἡἣ"
        + "ἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫαὰεὲηὴιὶοὸυὺωὼΑᾺΕῈΗῊ᾿῍ϊῒΙῚ῾῝ϋῢΥῪ¨῭ΟῸΩῺ"
    ),
    (
      "\u{301}",
      "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰ"
        + "οόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝ"
        + "ἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ᾿῎῾῞"
    ),
    (
      "\u{302}",
      "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"
    ),
    (
      "\u{303}",
      "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"
    ),
    (
      "\u{304}",
      "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝαᾱΑᾹιῑΙῙυῡΥῩ"
    ),
    (
      "\u{306}",
      "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặαᾰΑᾸιῐΙῘυῠΥῨ"
    ),
    (
      "\u{307}",
      "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"
    ),
    (
      "\u{308}",
      "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺ"
        + "ūṻWẄwẅXẌxẍtẗ"
    ),
    (
      "\u{309}",
      "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"
    ),
    (
      "\u{30a}",
      "AÅaåUŮuůwẘyẙ"
    ),
    (
      "\u{30b}",
      "OŐoőUŰuűУӲуӳ"
    ),
    (
      "\u{30c}",
      "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"
    ),
    (
      "\u{30f}",
      "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"
    ),
    (
      "\u{311}",
      "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"
    ),
    (
      "\u{313}",
      "αἀΑἈεἐΕἘηἠΗἨιἰΙἸοὀΟὈυὐωὠΩὨρῤ"
    ),
    (
      "\u{314}",
      "αἁΑἉεἑΕἙηἡΗἩιἱΙἹοὁΟὉυὑΥὙωὡΩὩρῥΡῬ"
    ),
    (
      "\u{31b}",
      "OƠoơUƯuư"
    ),
    (
      "\u{323}",
      "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"
    ),
    (
      "\u{324}",
      "UṲuṳ"
    ),
    (
      "\u{325}",
      "AḀaḁ"
    ),
    (
      "\u{326}",
      "SȘsșTȚtț"
    ),
    (
      "\u{327}",
      "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"
    ),
    (
      "\u{328}",
      "AĄaąEĘeęIĮiįUŲuųOǪoǫ"
    ),
    (
      "\u{32d}",
      "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"
    ),
    (
      "\u{32e}",
      "HḪhḫ"
    ),
    (
      "\u{330}",
      "EḚeḛIḬiḭUṴuṵ"
    ),
    (
      "\u{331}",
      "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"
    ),
    (
      "\u{342}",
      "ἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯαᾶ¨῁ηῆ᾿῏ιῖϊῗ῾῟υῦϋῧωῶ"
    ),
    (
      "\u{345}",
      "ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯ"
        + "ὰᾲαᾳάᾴᾶᾷΑᾼὴῂηῃήῄῆῇΗῌὼῲωῳώῴῶῷΩῼ"
    ),
  ]
}
