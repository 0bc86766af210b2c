using System.CommandLine;
using System.Globalization;
using System.Text;
using Atrium.Platform.Configuration;

namespace Atrium.Host.Commands;

/// <summary><c>atrium settings</c>: every setting as a Markdown table (docs/settings.md) or as an example file (.env.example).</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var example = new Option<bool>("--example") { Description = "As a .env file with every default commented out." };
        var environment = new Option<HouseEnvironment>("--environment") { Description = "The environment whose defaults are listed.", DefaultValueFactory = _ => HouseEnvironment.Production };
        var command = new Command("settings", "Lists every setting, its default and its meaning.") { example, environment };
        command.SetAction(result => Console.Out.Write(result.GetValue(example) ? Example(result.GetValue(environment)) : Page()));
        return command;
    }

    private static string Example(HouseEnvironment environment)
    {
        var text = new StringBuilder("# Copy to .env, take away the # of what you change, then: chmod 600 .env\n");
        foreach (var setting in HouseSettings.DefinitionsIn(environment))
        {
            var isSet = setting.Name == HouseSettings.EnvironmentSetting && environment != HouseEnvironment.Production;
            var value = isSet ? environment.ToString().ToLowerInvariant() : setting.Default;
            text.Append(CultureInfo.InvariantCulture, $"\n# {setting.Description}\n{(isSet ? "" : "# ")}{setting.Name}={value}\n");
        }
        return text.ToString();
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # Settings

            Set them in the environment or in a `.env` file beside the project (the environment wins). A wrong value ends the start with
            its name and what it must be, never its value. In production a `.env` file that others can read is refused.
            A secret may also come from a file (`NAME_FILE=/run/secrets/name`) or from a command (`NAME_COMMAND`, what it prints, for a
            cloud's secret manager). `.env.development.example` and `.env.staging.example` start from those environments' defaults:
            staging is production with test data; development logs at debug level and allows cheap password hashes.
            This page is written by `./atrium settings`.

            | setting | default | meaning |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var setting in HouseSettings.Definitions)
            text.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {(setting.Default.Length > 0 ? $"`{setting.Default}`" : "")} | {setting.Description}{(setting.IsSecret ? " Secret." : "")} |\n");
        text.Append("\n## Settings of the replaced applications\n\n| older setting | what becomes of it |\n|---|---|\n");
        foreach (var (older, newer) in OlderSettings.Mapped)
            text.Append(CultureInfo.InvariantCulture, $"| `{older}` | read as `{newer}` |\n");
        text.Append("| `DATABASE_PATH` | its folder is read as `ATRIUM_DATA` |\n| `DEBUG` | `true` is read as `ENVIRONMENT=development` |\n");
        foreach (var (older, instead) in OlderSettings.Refused)
            text.Append(CultureInfo.InvariantCulture, $"| `{older}` | refused; use {instead} |\n");
        foreach (var (older, instead) in OlderSettings.Noted)
            text.Append(CultureInfo.InvariantCulture, $"| `{older}` | accepted, without effect; in its place: {instead} |\n");
        return text.ToString();
    }
}
