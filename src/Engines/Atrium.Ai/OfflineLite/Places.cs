namespace Atrium.Ai.Offline;

/// <summary>Finds the time zone of a place by the names of the zones themselves and a list of places that have none.</summary>
internal static class Places
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["utc"] = "UTC",
        ["gmt"] = "UTC",
        ["est"] = "America/New_York",
        ["edt"] = "America/New_York",
        ["pst"] = "America/Los_Angeles",
        ["pdt"] = "America/Los_Angeles",
        ["cet"] = "Europe/Paris",
        ["cest"] = "Europe/Paris",
        ["ist"] = "Asia/Kolkata",
        ["jst"] = "Asia/Tokyo",
        ["nyc"] = "America/New_York",
        ["nueva york"] = "America/New_York",
        ["boston"] = "America/New_York",
        ["washington"] = "America/New_York",
        ["miami"] = "America/New_York",
        ["atlanta"] = "America/New_York",
        ["san francisco"] = "America/Los_Angeles",
        ["seattle"] = "America/Los_Angeles",
        ["la"] = "America/Los_Angeles",
        ["las vegas"] = "America/Los_Angeles",
        ["california"] = "America/Los_Angeles",
        ["houston"] = "America/Chicago",
        ["dallas"] = "America/Chicago",
        ["texas"] = "America/Chicago",
        ["ciudad de mexico"] = "America/Mexico_City",
        ["mexico"] = "America/Mexico_City",
        ["buenos aires"] = "America/Argentina/Buenos_Aires",
        ["argentina"] = "America/Argentina/Buenos_Aires",
        ["rio de janeiro"] = "America/Sao_Paulo",
        ["brasilia"] = "America/Sao_Paulo",
        ["montreal"] = "America/Toronto",
        ["ottawa"] = "America/Toronto",
        ["la habana"] = "America/Havana",
        ["lisboa"] = "Europe/Lisbon",
        ["portugal"] = "Europe/Lisbon",
        ["porto"] = "Europe/Lisbon",
        ["londres"] = "Europe/London",
        ["uk"] = "Europe/London",
        ["manchester"] = "Europe/London",
        ["edinburgh"] = "Europe/London",
        ["barcelona"] = "Europe/Madrid",
        ["valencia"] = "Europe/Madrid",
        ["espana"] = "Europe/Madrid",
        ["spain"] = "Europe/Madrid",
        ["lyon"] = "Europe/Paris",
        ["france"] = "Europe/Paris",
        ["francia"] = "Europe/Paris",
        ["roma"] = "Europe/Rome",
        ["milan"] = "Europe/Rome",
        ["italy"] = "Europe/Rome",
        ["munich"] = "Europe/Berlin",
        ["hamburg"] = "Europe/Berlin",
        ["frankfurt"] = "Europe/Berlin",
        ["germany"] = "Europe/Berlin",
        ["alemania"] = "Europe/Berlin",
        ["geneva"] = "Europe/Zurich",
        ["moscu"] = "Europe/Moscow",
        ["kiev"] = "Europe/Kyiv",
        ["tokio"] = "Asia/Tokyo",
        ["osaka"] = "Asia/Tokyo",
        ["japan"] = "Asia/Tokyo",
        ["japon"] = "Asia/Tokyo",
        ["nhat ban"] = "Asia/Tokyo",
        ["seul"] = "Asia/Seoul",
        ["korea"] = "Asia/Seoul",
        ["beijing"] = "Asia/Shanghai",
        ["pekin"] = "Asia/Shanghai",
        ["bac kinh"] = "Asia/Shanghai",
        ["shenzhen"] = "Asia/Shanghai",
        ["china"] = "Asia/Shanghai",
        ["singapur"] = "Asia/Singapore",
        ["delhi"] = "Asia/Kolkata",
        ["new delhi"] = "Asia/Kolkata",
        ["mumbai"] = "Asia/Kolkata",
        ["bangalore"] = "Asia/Kolkata",
        ["hyderabad"] = "Asia/Kolkata",
        ["chennai"] = "Asia/Kolkata",
        ["calcutta"] = "Asia/Kolkata",
        ["india"] = "Asia/Kolkata",
        ["hanoi"] = "Asia/Ho_Chi_Minh",
        ["ha noi"] = "Asia/Ho_Chi_Minh",
        ["saigon"] = "Asia/Ho_Chi_Minh",
        ["sai gon"] = "Asia/Ho_Chi_Minh",
        ["ho chi minh city"] = "Asia/Ho_Chi_Minh",
        ["da nang"] = "Asia/Ho_Chi_Minh",
        ["viet nam"] = "Asia/Ho_Chi_Minh",
        ["vietnam"] = "Asia/Ho_Chi_Minh",
        ["abu dhabi"] = "Asia/Dubai",
        ["el cairo"] = "Africa/Cairo",
        ["cape town"] = "Africa/Johannesburg",
        ["canberra"] = "Australia/Sydney",
        ["wellington"] = "Pacific/Auckland",
        ["hawaii"] = "Pacific/Honolulu",
    };

    private static readonly Lazy<Dictionary<string, string>> Cities = new(ReadCities);

    /// <summary>The zone of a place given as plain text, or null.</summary>
    public static TimeZoneInfo? Find(string place)
    {
        var id = Aliases.GetValueOrDefault(place) ?? Cities.Value.GetValueOrDefault(place);
        return id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
    }

    /// <summary>"Asia/Ho_Chi_Minh" makes "ho chi minh".</summary>
    private static Dictionary<string, string> ReadCities()
    {
        var cities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
            if (zone.Id.LastIndexOf('/') is var slash and > 0)
                cities.TryAdd(PlainText.Of(zone.Id[(slash + 1)..].Replace('_', ' ')), zone.Id);
        return cities;
    }
}
