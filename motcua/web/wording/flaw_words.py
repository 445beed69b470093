"""Why something was refused, one sentence for each reason a rule may have."""

from motcua.domain.consultation import ConsultationFlaw
from motcua.domain.notice_words import NoticeFlaw
from motcua.domain.passage import RecallFlaw
from motcua.domain.standing import ApologyFlaw, ExtensionFlaw
from motcua.gateways.accepted import Flaw
from motcua.gateways.storage import Trouble

FILES = {
    Flaw.EMPTY: "Tệp rỗng. Quét hoặc chụp lại, rồi chọn tệp khác.",
    Flaw.TOO_LARGE: (
        "Tệp lớn hơn 10 MB. Quét ở độ phân giải thấp hơn (200–300 dpi) hoặc chia thành nhiều tệp."
    ),
    Flaw.OTHER_KIND: (
        "Tệp không phải PDF, JPEG hoặc PNG. Lưu hoặc quét lại ở một trong ba định dạng này; đổi "
        "đuôi tên tệp không có tác dụng."
    ),
    Flaw.DAMAGED: "Không mở được tệp: tệp hỏng hoặc bị cắt cụt. Quét lại, rồi chọn tệp mới.",
    Flaw.LOCKED: "Tệp PDF có mật khẩu. Lưu lại không đặt mật khẩu, rồi chọn tệp mới.",
    Flaw.TOO_MANY_PAGES: "Tệp PDF dài quá 200 trang. Chia thành nhiều tệp.",
    Flaw.TOO_MANY_PIXELS: (
        "Ảnh lớn hơn 50 triệu điểm ảnh. Chụp hoặc quét lại ở độ phân giải thấp hơn."
    ),
    Flaw.ACTIVE: (
        "Tệp PDF có mã lệnh, tệp đính kèm hoặc biểu mẫu tự chạy nên không được nhận. In ra PDF "
        "(chọn máy in “Save as PDF”) hoặc quét lại, rồi chọn tệp mới."
    ),
    Flaw.SWELLING: (
        "Tệp PDF bung ra quá lớn so với một giấy tờ quét nên không được nhận. In ra PDF (chọn máy "
        "in “Save as PDF”) hoặc quét lại ở độ phân giải thấp hơn, rồi chọn tệp mới."
    ),
    Flaw.TOO_HARD: (
        "Không mở được tệp: mở thử tốn quá nhiều bộ nhớ, quá lâu, hoặc bị ngắt giữa chừng, nên tệp "
        "không được nhận. Quét hoặc chụp lại, hay in ra PDF (chọn máy in “Save as PDF”), rồi chọn "
        "tệp mới."
    ),
    Flaw.NO_PLACE: (
        "Chưa mở được tệp vì máy chủ đang mở nhiều tệp khác. Tệp chưa được lưu. Chờ một phút rồi "
        "gửi lại; nếu vẫn vậy, báo quản trị viên."
    ),
    Flaw.OTHERS_WAIT: (
        "Chưa mở được tệp vì ông/bà đang có tệp khác chờ mở. Tệp chưa được lưu. Chờ các tệp trước "
        "mở xong, rồi gửi lại."
    ),
}

TROUBLES = {
    Trouble.FULL: (
        "Không ghi được: ổ đĩa của máy chủ đã đầy. Chưa có gì được ghi. Báo quản trị viên dọn ổ "
        "đĩa; dữ liệu đã ghi trước đó vẫn còn."
    ),
    Trouble.READ_ONLY: (
        "Không ghi được: máy chủ chỉ được phép đọc cơ sở dữ liệu hoặc ổ đĩa. Chưa có gì được ghi. "
        "Báo quản trị viên trả lại quyền ghi; dữ liệu đã ghi trước đó vẫn còn."
    ),
    Trouble.BUSY: (
        "Chưa ghi được vì máy chủ đang bận ghi việc khác quá lâu. Chưa có gì được ghi. Chờ một "
        "phút rồi làm lại; nếu vẫn vậy, báo quản trị viên."
    ),
    Trouble.UNREACHABLE: (
        "Máy chủ không đọc, ghi được cơ sở dữ liệu. Chưa có gì được ghi. Báo quản trị viên kiểm "
        "tra cơ sở dữ liệu và ổ đĩa, rồi làm lại sau một phút; dữ liệu đã ghi trước đó vẫn còn."
    ),
}

EXTENSIONS = {
    ExtensionFlaw.NO_DATE: "chưa có ngày hẹn trả mới. Ghi ngày rồi gửi lại.",
    ExtensionFlaw.ALREADY_EXTENDED: (
        "hồ sơ đã được gia hạn một lần, và chỉ được gia hạn một lần. Giải quyết theo ngày hẹn trả "
        "hiện nay."
    ),
    ExtensionFlaw.NOT_LATER: (
        "ngày hẹn trả mới không muộn hơn ngày đang hẹn. Chọn một ngày làm việc sau ngày đang hẹn."
    ),
    ExtensionFlaw.NO_WORKING_DAY: (
        "ngày hẹn trả mới là ngày nghỉ. Chọn một ngày làm việc sau ngày đang hẹn."
    ),
    ExtensionFlaw.ASKED_TOO_LATE: (
        "việc gia hạn phải đề nghị chậm nhất vào ngày làm việc trước ngày hẹn trả. Giải quyết hồ "
        "sơ, và xin lỗi người nộp nếu quá hạn."
    ),
}

APOLOGIES = {
    ApologyFlaw.NO_DATE: "chưa có ngày hẹn lại. Ghi ngày rồi gửi lại.",
    ApologyFlaw.NOT_LATE: (
        "hồ sơ chưa quá hạn. Nếu biết trước là sẽ chậm, đề nghị gia hạn chậm nhất vào ngày làm "
        "việc trước ngày hẹn trả."
    ),
    ApologyFlaw.ALREADY_APOLOGISED: (
        "hồ sơ đã có thư xin lỗi và ngày hẹn lại. Mỗi hồ sơ chỉ hẹn lại một lần; giải quyết theo "
        "ngày đã hẹn lại."
    ),
    ApologyFlaw.DATE_PAST: "ngày hẹn lại đã qua. Chọn một ngày làm việc sau hôm nay.",
    ApologyFlaw.NO_WORKING_DAY: "ngày hẹn lại là ngày nghỉ. Chọn một ngày làm việc.",
}

NOTICES = {
    NoticeFlaw.NOTHING_ASKED: (
        "chưa chọn giấy tờ nào thiếu hoặc chưa đúng. Đánh dấu từng giấy tờ rồi gửi lại."
    ),
    NoticeFlaw.PAPER_WITHOUT_REASON: (
        "có giấy tờ chưa ghi lý do. Mỗi giấy tờ thiếu hoặc chưa đúng cần một lý do riêng; ghi đủ "
        "rồi gửi lại."
    ),
    NoticeFlaw.NO_REASON: "chưa ghi lý do. Văn bản gửi người nộp phải nêu lý do; ghi rồi gửi lại.",
    NoticeFlaw.NO_GUIDANCE: (
        "chưa hướng dẫn người nộp đến đâu. Ghi tên cơ quan có thẩm quyền và địa chỉ rồi gửi lại."
    ),
    NoticeFlaw.NO_ANSWER_DATE: (
        "chưa có hạn cho người nộp. Chọn một ngày sau hôm nay rồi gửi lại."
    ),
    NoticeFlaw.ANSWER_DATE_PAST: (
        "hạn cho người nộp không sau hôm nay. Chọn một ngày sau hôm nay rồi gửi lại."
    ),
    NoticeFlaw.NO_AMOUNT: "chưa ghi số tiền phải nộp. Ghi số tiền rồi gửi lại.",
    NoticeFlaw.NO_NEW_DATE: "chưa có ngày hẹn trả mới. Ghi ngày rồi gửi lại.",
    NoticeFlaw.NO_APPROVAL_REASON: (
        "đây là lần yêu cầu thứ ba trở đi, người duyệt phải nêu lý do. Ghi lý do rồi duyệt lại."
    ),
    NoticeFlaw.NO_RETURN_REASON: (
        "chưa ghi vì sao chuyển lại. Ghi lý do để người soạn sửa, rồi gửi lại."
    ),
    NoticeFlaw.NO_CANCEL_REASON: "chưa ghi vì sao hủy văn bản. Ghi lý do rồi gửi lại.",
}

CONSULTATIONS = {
    ConsultationFlaw.NOBODY_ASKED: "chưa chọn cơ quan để hỏi. Chọn cơ quan rồi gửi lại.",
    ConsultationFlaw.NO_DATE: "chưa có hạn trả lời. Ghi hạn rồi gửi lại.",
    ConsultationFlaw.DATE_PAST: "hạn trả lời đã qua. Chọn một lúc sau bây giờ.",
    ConsultationFlaw.AFTER_THE_PROMISE: (
        "hạn trả lời muộn hơn ngày hẹn trả của hồ sơ; lấy ý kiến không kéo dài thời hạn. Chọn một "
        "hạn sớm hơn ngày hẹn trả."
    ),
    ConsultationFlaw.ASKED_ALREADY: (
        "cơ quan này đã được hỏi và chưa trả lời. Nhắc họ, hoặc chờ trả lời rồi hỏi tiếp."
    ),
    ConsultationFlaw.NOT_OPEN: (
        "không còn câu hỏi nào gửi cơ quan này chờ trả lời. Tải lại trang để xem hồ sơ hiện nay."
    ),
}

RECALLS = {
    RecallFlaw.NOT_PASSED_ON: (
        "bước trước không phải do chuyển, trình hay phê duyệt mà đến. Tải lại trang để xem hồ sơ."
    ),
    RecallFlaw.NOT_YOURS: (
        "người chuyển hồ sơ đi không phải là ông/bà. Nhờ người đã chuyển thu hồi, hoặc đề nghị "
        "người đang giữ chuyển lại."
    ),
    RecallFlaw.TOUCHED: (
        "người nhận đã nhận việc hoặc đã xác nhận giấy tờ. Đề nghị người đang giữ chuyển lại."
    ),
}
