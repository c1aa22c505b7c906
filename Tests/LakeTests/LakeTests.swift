import Testing

@Suite struct LakeTests {}
