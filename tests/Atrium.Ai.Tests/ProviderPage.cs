using System.Text;

namespace Atrium.Ai.Tests;

/// <summary>Writes the page about providers that people read.</summary>
internal static class ProviderPage
{
    private static readonly (string Word, string Title)[] Categories =
    [
        ("major", "Major"), ("fast", "Fast, for developers"), ("open-model", "Hosts of open models"), ("multi-model", "Many models, one key"),
        ("other", "Other clouds"), ("local", "Local"), ("custom", "An address of your own"),
    ];

    public static string Write(string table)
    {
        var page = new StringBuilder();
        page.Append("# Providers\n\n");
        page.Append("Written by a test run that proves each mark against a simulator of the provider's wire; the simulators are proven by the providers' own clients. ");
        page.Append("A mark says that Atrium can do it where the model can.\n\n");
        page.Append(table);
        page.Append("\n*models*: `listed` by the service, `known` when this version was made, or `typed` by you. *errors*: a refused key, no permission, too fast, no credit left, ");
        page.Append("an unknown model, a conversation too long, a wrong request, an overload, a broken gateway, a web page, an error inside a stream and a stream that ends too soon ");
        page.Append("are told apart. *cancel*: the socket is closed at once, and what runs on at the provider is cancelled there.\n");
        foreach (var (word, title) in Categories)
        {
            page.Append($"\n## {title}\n");
            foreach (var row in ProviderCatalogue.Default.Providers.Where(row => row.Categories[0] == word))
                WriteRow(page, row);
        }
        return page.ToString();
    }

    private static void WriteRow(StringBuilder page, Provider row)
    {
        page.Append($"\n### {row.Name}\n\n");
        if (row.StatusNote is { } note)
            page.Append($"{note}{(row.UseInstead.Count > 0 ? $" Use instead: {string.Join(", ", row.UseInstead.Select(NameOf))}." : "")}\n\n");
        if (row.Categories.Count > 1)
            page.Append($"Also under {string.Join(", ", row.Categories.Skip(1).Select(TitleOf))}.\n\n");
        page.Append($"- id `{row.Id}`");
        page.Append(row.BaseUrl is { } address ? $", address `{address}`\n" : ", at the address you give\n");
        foreach (var setting in row.Settings)
            page.Append($"- `{setting.Name}`{Describe(setting)}\n");
        if (row.KeyPrefixes.Count > 0)
            page.Append($"- keys begin with {string.Join(", ", row.KeyPrefixes.Select(prefix => $"`{prefix}`"))}\n");
        if (row.KeyPage is { } keys)
            page.Append($"- keys are made at <{keys}>\n");
        if (row.Unverified.Count > 0)
            page.Append($"- not confirmed: {string.Join("; ", row.Unverified)}\n");
    }

    private static string Describe(ProviderSetting setting)
    {
        var words = new List<string>();
        if (setting.Required)
            words.Add("needed");
        if (setting.Secret)
            words.Add("sealed");
        if (setting.IsAddress)
            words.Add("replaces the address");
        if (setting.Default is { } value)
            words.Add($"`{value}` if left empty");
        else if (setting.Example is { } example)
            words.Add($"e.g. `{example}`");
        return words.Count > 0 ? ": " + string.Join(", ", words) : "";
    }

    private static string NameOf(string id) => ProviderCatalogue.Default.Find(id)!.Name;

    private static string TitleOf(string word) => Array.Find(Categories, category => category.Word == word).Title;
}
