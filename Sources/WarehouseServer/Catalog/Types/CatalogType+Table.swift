/// PostgreSQL 15's built-in types, without the ones no client asks for.
///
/// Name, oid, array oid, length, by value, kind, category, preferred, delimiter, alignment, storage, element,
/// then input, output, receive, send, modifier input and output functions as oid/name, and collation.
/// Array types follow from their element. Indented lines continue an entry. Source: pg_type, PostgreSQL 15.
extension CatalogType {
  static let text = #"""
    bool 16 1000 1 t b B t , c p 0 1242/boolin 1243/boolout 2436/boolrecv 2437/boolsend - - 0
    bytea 17 1001 -1 f b U f , i x 0 1244/byteain 31/byteaout 2412/bytearecv 2413/byteasend - - 0
    char 18 1002 1 t b Z f , c p 0 1245/charin 33/charout 2434/charrecv 2435/charsend - - 0
    name 19 1003 64 f b S f , c p 18 34/namein 35/nameout 2422/namerecv 2423/namesend - - 950
    int8 20 1016 8 t b N f , d p 0 460/int8in 461/int8out 2408/int8recv 2409/int8send - - 0
    int2 21 1005 2 t b N f , s p 0 38/int2in 39/int2out 2404/int2recv 2405/int2send - - 0
    int2vector 22 1006 -1 f b A f , i p 21 40/int2vectorin 41/int2vectorout 2410/int2vectorrecv
      2411/int2vectorsend - - 0
    int4 23 1007 4 t b N f , i p 0 42/int4in 43/int4out 2406/int4recv 2407/int4send - - 0
    regproc 24 1008 4 t b N f , i p 0 44/regprocin 45/regprocout 2444/regprocrecv 2445/regprocsend - - 0
    text 25 1009 -1 f b S t , i x 0 46/textin 47/textout 2414/textrecv 2415/textsend - - 100
    oid 26 1028 4 t b N t , i p 0 1798/oidin 1799/oidout 2418/oidrecv 2419/oidsend - - 0
    tid 27 1010 6 f b U f , s p 0 48/tidin 49/tidout 2438/tidrecv 2439/tidsend - - 0
    xid 28 1011 4 t b U f , i p 0 50/xidin 51/xidout 2440/xidrecv 2441/xidsend - - 0
    cid 29 1012 4 t b U f , i p 0 52/cidin 53/cidout 2442/cidrecv 2443/cidsend - - 0
    oidvector 30 1013 -1 f b A f , i p 26 54/oidvectorin 55/oidvectorout 2420/oidvectorrecv
      2421/oidvectorsend - - 0
    json 114 199 -1 f b U f , i x 0 321/json_in 322/json_out 323/json_recv 324/json_send - - 0
    xml 142 143 -1 f b U f , i x 0 2893/xml_in 2894/xml_out 2898/xml_recv 2899/xml_send - - 0
    pg_node_tree 194 0 -1 f b Z f , i x 0 195/pg_node_tree_in 196/pg_node_tree_out 197/pg_node_tree_recv
      198/pg_node_tree_send - - 100
    point 600 1017 16 f b G f , d p 701 117/point_in 118/point_out 2428/point_recv 2429/point_send - - 0
    lseg 601 1018 32 f b G f , d p 600 119/lseg_in 120/lseg_out 2480/lseg_recv 2481/lseg_send - - 0
    path 602 1019 -1 f b G f , d x 0 121/path_in 122/path_out 2482/path_recv 2483/path_send - - 0
    box 603 1020 32 f b G f ; d p 600 123/box_in 124/box_out 2484/box_recv 2485/box_send - - 0
    polygon 604 1027 -1 f b G f , d x 0 347/poly_in 348/poly_out 2486/poly_recv 2487/poly_send - - 0
    line 628 629 24 f b G f , d p 701 1490/line_in 1491/line_out 2488/line_recv 2489/line_send - - 0
    cidr 650 651 -1 f b I f , i m 0 1267/cidr_in 1427/cidr_out 2498/cidr_recv 2499/cidr_send - - 0
    float4 700 1021 4 t b N f , i p 0 200/float4in 201/float4out 2424/float4recv 2425/float4send - - 0
    float8 701 1022 8 t b N t , d p 0 214/float8in 215/float8out 2426/float8recv 2427/float8send - - 0
    unknown 705 0 -2 f p X f , c p 0 109/unknownin 110/unknownout 2416/unknownrecv 2417/unknownsend - - 0
    circle 718 719 24 f b G f , d p 0 1450/circle_in 1451/circle_out 2490/circle_recv 2491/circle_send - -
      0
    macaddr8 774 775 8 f b U f , i p 0 4110/macaddr8_in 4111/macaddr8_out 3446/macaddr8_recv
      3447/macaddr8_send - - 0
    money 790 791 8 t b N f , d p 0 886/cash_in 887/cash_out 2492/cash_recv 2493/cash_send - - 0
    macaddr 829 1040 6 f b U f , i p 0 436/macaddr_in 437/macaddr_out 2494/macaddr_recv 2495/macaddr_send
      - - 0
    inet 869 1041 -1 f b I t , i m 0 910/inet_in 911/inet_out 2496/inet_recv 2497/inet_send - - 0
    aclitem 1033 1034 12 f b U f , i p 0 1031/aclitemin 1032/aclitemout - - - - 0
    bpchar 1042 1014 -1 f b S f , i x 0 1044/bpcharin 1045/bpcharout 2430/bpcharrecv 2431/bpcharsend
      2913/bpchartypmodin 2914/bpchartypmodout 100
    varchar 1043 1015 -1 f b S f , i x 0 1046/varcharin 1047/varcharout 2432/varcharrecv 2433/varcharsend
      2915/varchartypmodin 2916/varchartypmodout 100
    date 1082 1182 4 t b D f , i p 0 1084/date_in 1085/date_out 2468/date_recv 2469/date_send - - 0
    time 1083 1183 8 t b D f , d p 0 1143/time_in 1144/time_out 2470/time_recv 2471/time_send
      2909/timetypmodin 2910/timetypmodout 0
    timestamp 1114 1115 8 t b D f , d p 0 1312/timestamp_in 1313/timestamp_out 2474/timestamp_recv
      2475/timestamp_send 2905/timestamptypmodin 2906/timestamptypmodout 0
    timestamptz 1184 1185 8 t b D t , d p 0 1150/timestamptz_in 1151/timestamptz_out 2476/timestamptz_recv
      2477/timestamptz_send 2907/timestamptztypmodin 2908/timestamptztypmodout 0
    interval 1186 1187 16 f b T t , d p 0 1160/interval_in 1161/interval_out 2478/interval_recv
      2479/interval_send 2903/intervaltypmodin 2904/intervaltypmodout 0
    timetz 1266 1270 12 f b D f , d p 0 1350/timetz_in 1351/timetz_out 2472/timetz_recv 2473/timetz_send
      2911/timetztypmodin 2912/timetztypmodout 0
    bit 1560 1561 -1 f b V f , i x 0 1564/bit_in 1565/bit_out 2456/bit_recv 2457/bit_send 2919/bittypmodin
      2920/bittypmodout 0
    varbit 1562 1563 -1 f b V t , i x 0 1579/varbit_in 1580/varbit_out 2458/varbit_recv 2459/varbit_send
      2902/varbittypmodin 2921/varbittypmodout 0
    numeric 1700 1231 -1 f b N f , i m 0 1701/numeric_in 1702/numeric_out 2460/numeric_recv
      2461/numeric_send 2917/numerictypmodin 2918/numerictypmodout 0
    refcursor 1790 2201 -1 f b U f , i x 0 46/textin 47/textout 2414/textrecv 2415/textsend - - 0
    regprocedure 2202 2207 4 t b N f , i p 0 2212/regprocedurein 2213/regprocedureout
      2446/regprocedurerecv 2447/regproceduresend - - 0
    regoper 2203 2208 4 t b N f , i p 0 2214/regoperin 2215/regoperout 2448/regoperrecv 2449/regopersend -
      - 0
    regoperator 2204 2209 4 t b N f , i p 0 2216/regoperatorin 2217/regoperatorout 2450/regoperatorrecv
      2451/regoperatorsend - - 0
    regclass 2205 2210 4 t b N f , i p 0 2218/regclassin 2219/regclassout 2452/regclassrecv
      2453/regclasssend - - 0
    regtype 2206 2211 4 t b N f , i p 0 2220/regtypein 2221/regtypeout 2454/regtyperecv 2455/regtypesend -
      - 0
    record 2249 2287 -1 f p P f , d x 0 2290/record_in 2291/record_out 2402/record_recv 2403/record_send -
      - 0
    cstring 2275 1263 -2 f p P f , c p 0 2292/cstring_in 2293/cstring_out 2500/cstring_recv
      2501/cstring_send - - 0
    any 2276 0 4 t p P f , i p 0 2294/any_in 2295/any_out - - - - 0
    anyarray 2277 0 -1 f p P f , d x 0 2296/anyarray_in 2297/anyarray_out 2502/anyarray_recv
      2503/anyarray_send - - 0
    void 2278 0 4 t p P f , i p 0 2298/void_in 2299/void_out 3120/void_recv 3121/void_send - - 0
    trigger 2279 0 4 t p P f , i p 0 2300/trigger_in 2301/trigger_out - - - - 0
    internal 2281 0 8 t p P f , d p 0 2304/internal_in 2305/internal_out - - - - 0
    anyelement 2283 0 4 t p P f , i p 0 2312/anyelement_in 2313/anyelement_out - - - - 0
    anynonarray 2776 0 4 t p P f , i p 0 2777/anynonarray_in 2778/anynonarray_out - - - - 0
    uuid 2950 2951 16 f b U f , c p 0 2952/uuid_in 2953/uuid_out 2961/uuid_recv 2962/uuid_send - - 0
    pg_lsn 3220 3221 8 t b U f , d p 0 3229/pg_lsn_in 3230/pg_lsn_out 3238/pg_lsn_recv 3239/pg_lsn_send -
      - 0
    anyenum 3500 0 4 t p P f , i p 0 3504/anyenum_in 3505/anyenum_out - - - - 0
    tsvector 3614 3643 -1 f b U f , i x 0 3610/tsvectorin 3611/tsvectorout 3639/tsvectorrecv
      3638/tsvectorsend - - 0
    tsquery 3615 3645 -1 f b U f , i p 0 3612/tsqueryin 3613/tsqueryout 3641/tsqueryrecv 3640/tsquerysend
      - - 0
    regconfig 3734 3735 4 t b N f , i p 0 3736/regconfigin 3737/regconfigout 3738/regconfigrecv
      3739/regconfigsend - - 0
    regdictionary 3769 3770 4 t b N f , i p 0 3771/regdictionaryin 3772/regdictionaryout
      3773/regdictionaryrecv 3774/regdictionarysend - - 0
    jsonb 3802 3807 -1 f b U f , i x 0 3806/jsonb_in 3804/jsonb_out 3805/jsonb_recv 3803/jsonb_send - - 0
    anyrange 3831 0 -1 f p P f , d x 0 3832/anyrange_in 3833/anyrange_out - - - - 0
    event_trigger 3838 0 4 t p P f , i p 0 3594/event_trigger_in 3595/event_trigger_out - - - - 0
    int4range 3904 3905 -1 f r R f , i x 0 3834/range_in 3835/range_out 3836/range_recv 3837/range_send -
      - 0
    numrange 3906 3907 -1 f r R f , i x 0 3834/range_in 3835/range_out 3836/range_recv 3837/range_send - -
      0
    tsrange 3908 3909 -1 f r R f , d x 0 3834/range_in 3835/range_out 3836/range_recv 3837/range_send - -
      0
    tstzrange 3910 3911 -1 f r R f , d x 0 3834/range_in 3835/range_out 3836/range_recv 3837/range_send -
      - 0
    daterange 3912 3913 -1 f r R f , i x 0 3834/range_in 3835/range_out 3836/range_recv 3837/range_send -
      - 0
    int8range 3926 3927 -1 f r R f , d x 0 3834/range_in 3835/range_out 3836/range_recv 3837/range_send -
      - 0
    jsonpath 4072 4073 -1 f b U f , i x 0 4001/jsonpath_in 4003/jsonpath_out 4002/jsonpath_recv
      4004/jsonpath_send - - 0
    regnamespace 4089 4090 4 t b N f , i p 0 4084/regnamespacein 4085/regnamespaceout
      4087/regnamespacerecv 4088/regnamespacesend - - 0
    regrole 4096 4097 4 t b N f , i p 0 4098/regrolein 4092/regroleout 4094/regrolerecv 4095/regrolesend -
      - 0
    regcollation 4191 4192 4 t b N f , i p 0 4193/regcollationin 4194/regcollationout
      4196/regcollationrecv 4197/regcollationsend - - 0
    int4multirange 4451 6150 -1 f m R f , i x 0 4231/multirange_in 4232/multirange_out
      4233/multirange_recv 4234/multirange_send - - 0
    nummultirange 4532 6151 -1 f m R f , i x 0 4231/multirange_in 4232/multirange_out 4233/multirange_recv
      4234/multirange_send - - 0
    tsmultirange 4533 6152 -1 f m R f , d x 0 4231/multirange_in 4232/multirange_out 4233/multirange_recv
      4234/multirange_send - - 0
    tstzmultirange 4534 6153 -1 f m R f , d x 0 4231/multirange_in 4232/multirange_out
      4233/multirange_recv 4234/multirange_send - - 0
    datemultirange 4535 6155 -1 f m R f , i x 0 4231/multirange_in 4232/multirange_out
      4233/multirange_recv 4234/multirange_send - - 0
    int8multirange 4536 6157 -1 f m R f , d x 0 4231/multirange_in 4232/multirange_out
      4233/multirange_recv 4234/multirange_send - - 0
    anymultirange 4537 0 -1 f p P f , d x 0 4229/anymultirange_in 4230/anymultirange_out - - - - 0
    pg_snapshot 5038 5039 -1 f b U f , d x 0 5055/pg_snapshot_in 5056/pg_snapshot_out
      5057/pg_snapshot_recv 5058/pg_snapshot_send - - 0
    xid8 5069 271 8 t b U f , d p 0 5070/xid8in 5081/xid8out 5082/xid8recv 5083/xid8send - - 0
    """#
}
