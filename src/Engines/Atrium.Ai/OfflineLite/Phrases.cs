namespace Atrium.Ai.Offline;

/// <summary>Everything Offline Lite says, in one language.</summary>
internal sealed record Phrases
{
    public static readonly Phrases English = new()
    {
        Language = "en",
        Numbers = new NumberText(hasDecimalComma: false),
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        Date = (weekday, day, month, year) => $"{weekday}, {day} {month} {year}",
        DivisionByZero = "Division by zero has no result.",
        NoRealResult = "That has no real result.",
        TooLarge = "The result is too large for me.",
        OtherDimension = (from, to) => $"{from} and {to} do not measure the same thing.",
        DaysUntil = (days, date) => days switch { 0 => $"It is today: {date}.", 1 => $"**1 day** until {date}.", _ => $"**{days} days** until {date}." },
        DaysSince = (days, date) => days switch { 0 => $"It is today: {date}.", 1 => $"**1 day** since {date}.", _ => $"**{days} days** since {date}." },
        DaysBetween = (days, from, to) => $"**{days} {(days is 1 ? "day" : "days")}** from {from} to {to}.",
        IsOn = (asked, date) => $"{asked}: **{date}**.",
        NowIs = (time, date, zone) => $"It is **{time}** on {date} ({zone}).",
        TodayIs = date => $"Today is **{date}**.",
        TimeIn = (place, time, date, offset) => $"In {place} it is **{time}** on {date} (UTC{offset}).",
        TimeElsewhere = (time, from, there, to, date) => $"{time} in {from} is **{there}** in {to} ({date}).",
        UnknownPlace = place => $"I do not know the time zone of \"{place}\". Try a large city near it.",
        NoSuchDate = "There is no such date.",
        Introduction = "I am **Offline Lite**: a handful of rules on this server, not an AI model. No model is in use, nothing leaves Atrium and nothing costs money.",
        CanDo = "I can help with:",
        Examples =
        [
            "sums: `15% of 80`, `(2+3)^2`, `sqrt 2`",
            "units: `5 km in miles`, `100 F to C`, `2 GB in MiB`",
            "dates: `days until 24 December`, `what day is 2027-03-01`, `in 90 days`",
            "time zones: `time in Tokyo`, `15:00 Lisbon in New York`",
        ],
        SearchExample = "finding: ask with words that are in your chats or documents, and I quote them",
        ChooseModel = "For conversation choose a model in Settings → General → API Provider.",
        SharedPlace = "In shared places I look at nobody's chats or documents.",
        Apology = "I do not understand that: I am **Offline Lite**, a handful of rules, not an AI model.",
        NothingFound = "I am **Offline Lite**, a handful of rules, not an AI model. I found nothing about that in your chats and documents. Try other words, write `help`, or choose a model in Settings → General → API Provider.",
        Found = "I cannot reason about this (I am **Offline Lite**, not an AI model), but these words are in your own chats and documents:",
    };

    public static readonly Phrases Spanish = new()
    {
        Language = "es",
        Numbers = new NumberText(hasDecimalComma: true),
        Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        Weekdays = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
        Date = (weekday, day, month, year) => $"{weekday}, {day} de {month} de {year}",
        DivisionByZero = "La división por cero no tiene resultado.",
        NoRealResult = "Eso no tiene un resultado real.",
        TooLarge = "El resultado es demasiado grande para mí.",
        OtherDimension = (from, to) => $"{from} y {to} no miden lo mismo.",
        DaysUntil = (days, date) => days switch { 0 => $"Es hoy: {date}.", 1 => $"Falta **1 día** para el {date}.", _ => $"Faltan **{days} días** para el {date}." },
        DaysSince = (days, date) => days switch { 0 => $"Es hoy: {date}.", 1 => $"Ha pasado **1 día** desde el {date}.", _ => $"Han pasado **{days} días** desde el {date}." },
        DaysBetween = (days, from, to) => $"**{days} {(days is 1 ? "día" : "días")}** del {from} al {to}.",
        IsOn = (asked, date) => $"{asked}: **{date}**.",
        NowIs = (time, date, zone) => $"Son las **{time}** del {date} ({zone}).",
        TodayIs = date => $"Hoy es **{date}**.",
        TimeIn = (place, time, date, offset) => $"En {place} son las **{time}** del {date} (UTC{offset}).",
        TimeElsewhere = (time, from, there, to, date) => $"Las {time} en {from} son las **{there}** en {to} ({date}).",
        UnknownPlace = place => $"No conozco la zona horaria de «{place}». Prueba con una ciudad grande cercana.",
        NoSuchDate = "Esa fecha no existe.",
        Introduction = "Soy **Offline Lite**: unas cuantas reglas en este servidor, no un modelo de IA. No se usa ningún modelo, nada sale de Atrium y nada cuesta dinero.",
        CanDo = "Puedo ayudar con:",
        Examples =
        [
            "cuentas: `15% de 80`, `(2+3)^2`, `sqrt 2`",
            "unidades: `5 km en millas`, `100 F a C`, `2 GB en MiB`",
            "fechas: `días hasta el 24 de diciembre`, `qué día es 2027-03-01`, `en 90 días`",
            "zonas horarias: `hora en Tokio`, `15:00 Lisboa en Nueva York`",
        ],
        SearchExample = "buscar: pregunta con palabras que estén en tus chats o documentos y las cito",
        ChooseModel = "Para conversar, elige un modelo en Ajustes → General → Proveedor de API.",
        SharedPlace = "En los lugares compartidos no miro los chats ni los documentos de nadie.",
        Apology = "No entiendo eso: soy **Offline Lite**, unas cuantas reglas, no un modelo de IA.",
        NothingFound = "Soy **Offline Lite**, unas cuantas reglas, no un modelo de IA. No he encontrado nada sobre eso en tus chats y documentos. Prueba con otras palabras, escribe `ayuda` o elige un modelo en Ajustes → General → Proveedor de API.",
        Found = "No puedo razonar sobre esto (soy **Offline Lite**, no un modelo de IA), pero estas palabras están en tus propios chats y documentos:",
    };

    public static readonly Phrases Vietnamese = new()
    {
        Language = "vi",
        Numbers = new NumberText(hasDecimalComma: true),
        Months = [.. Enumerable.Range(1, 12).Select(month => $"tháng {month}")],
        Weekdays = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
        Date = (weekday, day, month, year) => $"{weekday}, ngày {day} {month} năm {year}",
        DivisionByZero = "Phép chia cho số không không có kết quả.",
        NoRealResult = "Phép tính đó không có kết quả thực.",
        TooLarge = "Kết quả quá lớn đối với tôi.",
        OtherDimension = (from, to) => $"{from} và {to} không đo cùng một đại lượng.",
        DaysUntil = (days, date) => days is 0 ? $"Chính là hôm nay: {date}." : $"Còn **{days} ngày** nữa đến {date}.",
        DaysSince = (days, date) => days is 0 ? $"Chính là hôm nay: {date}." : $"Đã **{days} ngày** kể từ {date}.",
        DaysBetween = (days, from, to) => $"**{days} ngày** từ {from} đến {to}.",
        IsOn = (asked, date) => $"{asked}: **{date}**.",
        NowIs = (time, date, zone) => $"Bây giờ là **{time}**, {date} ({zone}).",
        TodayIs = date => $"Hôm nay là **{date}**.",
        TimeIn = (place, time, date, offset) => $"Ở {place} bây giờ là **{time}**, {date} (UTC{offset}).",
        TimeElsewhere = (time, from, there, to, date) => $"{time} ở {from} là **{there}** ở {to} ({date}).",
        UnknownPlace = place => $"Tôi không biết múi giờ của \"{place}\". Hãy thử một thành phố lớn gần đó.",
        NoSuchDate = "Không có ngày như vậy.",
        Introduction = "Tôi là **Offline Lite**: một ít quy tắc trên máy chủ này, không phải mô hình AI. Không mô hình nào được dùng, không gì rời khỏi Atrium và không tốn tiền.",
        CanDo = "Tôi có thể giúp:",
        Examples =
        [
            "tính toán: `15% của 80`, `(2+3)^2`, `sqrt 2`",
            "đơn vị: `5 km sang dặm`, `100 F sang C`, `2 GB sang MiB`",
            "ngày tháng: `còn bao nhiêu ngày đến 24 tháng 12`, `2027-03-01 là thứ mấy`, `90 ngày nữa`",
            "múi giờ: `mấy giờ ở Tokyo`, `15:00 Lisbon ở New York`",
        ],
        SearchExample = "tìm kiếm: hãy hỏi bằng những từ có trong các cuộc trò chuyện hay tài liệu của bạn, tôi sẽ trích lại",
        ChooseModel = "Để trò chuyện, hãy chọn một mô hình trong Cài đặt → Chung → Nhà cung cấp API.",
        SharedPlace = "Ở nơi dùng chung, tôi không xem cuộc trò chuyện hay tài liệu của ai.",
        Apology = "Tôi không hiểu điều đó: tôi là **Offline Lite**, một ít quy tắc, không phải mô hình AI.",
        NothingFound = "Tôi là **Offline Lite**, một ít quy tắc, không phải mô hình AI. Tôi không tìm thấy gì về điều đó trong các cuộc trò chuyện và tài liệu của bạn. Hãy thử từ khác, gõ `trợ giúp`, hoặc chọn một mô hình trong Cài đặt → Chung → Nhà cung cấp API.",
        Found = "Tôi không thể suy luận về điều này (tôi là **Offline Lite**, không phải mô hình AI), nhưng những từ này có trong chính các cuộc trò chuyện và tài liệu của bạn:",
    };

    public required string Language { get; init; }

    public required NumberText Numbers { get; init; }

    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>From Sunday.</summary>
    public required IReadOnlyList<string> Weekdays { get; init; }

    /// <summary>Weekday, day, month, year.</summary>
    public required Func<string, int, string, int, string> Date { get; init; }

    public required string DivisionByZero { get; init; }

    public required string NoRealResult { get; init; }

    public required string TooLarge { get; init; }

    public required Func<string, string, string> OtherDimension { get; init; }

    public required Func<int, string, string> DaysUntil { get; init; }

    public required Func<int, string, string> DaysSince { get; init; }

    public required Func<int, string, string, string> DaysBetween { get; init; }

    public required Func<string, string, string> IsOn { get; init; }

    public required Func<string, string, string, string> NowIs { get; init; }

    public required Func<string, string> TodayIs { get; init; }

    /// <summary>Place, time, date, offset.</summary>
    public required Func<string, string, string, string, string> TimeIn { get; init; }

    /// <summary>Time, from, time there, to, date there.</summary>
    public required Func<string, string, string, string, string, string> TimeElsewhere { get; init; }

    public required Func<string, string> UnknownPlace { get; init; }

    public required string NoSuchDate { get; init; }

    public required string Introduction { get; init; }

    public required string CanDo { get; init; }

    public required IReadOnlyList<string> Examples { get; init; }

    public required string SearchExample { get; init; }

    public required string ChooseModel { get; init; }

    public required string SharedPlace { get; init; }

    public required string Apology { get; init; }

    public required string NothingFound { get; init; }

    public required string Found { get; init; }

    public static Phrases For(string? language) => language?.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "es" => Spanish,
        "vi" => Vietnamese,
        _ => English,
    };

    public string Write(DateOnly date) => Date(Weekdays[(int)date.DayOfWeek], date.Day, Months[date.Month - 1], date.Year);
}
