import SyncEngine
import Testing
import Wording

/// A device is told by the beginning of its name, under whichever names the host lets it keep its work.
@Suite struct RefusedDeviceTests {
  @Test(
    arguments: [
      ("refs/ligne/devices/0123456789abcdef", "01234567"), ("refs/heads/ligne/0123456789abcdef", "01234567"),
      ("refs/heads/main", nil),
    ] as [(String, String?)])
  func isNamed(_ reference: String, _ device: String?) {
    let refused = SyncReport.Refused(
      reference: reference, code: "too-much", reason: Sentence(fr: "Trop.", en: "Too much."))
    #expect(refused.device == device)
  }
}
