extension String {
  /// The text that these code points make.
  ///
  /// What the standard library has for it goes by way of UTF-32 and takes ten times as long.
  init(scalars: some Sequence<Unicode.Scalar>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.underestimatedCount)
    for scalar in scalars {
      if scalar.isASCII { bytes.append(UInt8(scalar.value)) } else { bytes.append(contentsOf: scalar.utf8) }
    }
    self.init(decoding: bytes, as: UTF8.self)
  }

  /// Its code points.
  var scalars: [Unicode.Scalar] {
    Array(capacity: utf8.count) { scalars in
      for scalar in unicodeScalars { scalars.append(scalar) }
    }
  }
}
