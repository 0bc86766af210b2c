using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Choices;
using Atrium.Gateway.Costs;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Models;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Providers;
using Atrium.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Gateway;

/// <summary>Who may call which model with whose key, and what it cost.</summary>
public sealed class GatewayModule : IModule
{
    public static string Name => "gateway";

    public static void AddServices(IServiceCollection services)
    {
        services.AddValidation();
        services.TryAddSingleton(_ => ProviderCatalogue.Default);
        services.TryAddSingleton(_ => PriceTable.ReadEmbedded());
        services.TryAddSingleton(new ProviderTimeouts());
        services.AddSingleton(_ => PersonaModels.ReadEmbedded());
        services.AddSingleton<ChatClientFactory>().AddSingleton<ModelLists>().AddSingleton<AccountReader>();
        services.AddScoped<KeyRing>().AddScoped<KeyChooser>().AddScoped<ModelSources>().AddScoped<ChatRouter>().AddScoped<OfflineAnswers>();
        services.AddScoped<LedgerBook>();
        services.TryAddScoped<IChatGateway, ChatGateway>();
    }

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ListProviders.Map(routes);
        TestProvider.Map(routes);
        ShowChoice.Map(routes);
        ChooseProvider.Map(routes);
        ListKeys.Map(routes);
        CreateKey.Map(routes);
        ChangeKey.Map(routes);
        DeleteKey.Map(routes);
        ListModels.Map(routes);
        ShowCosts.Map(routes);
        ShowToday.Map(routes);
        ShowAllCosts.Map(routes);
    }
}
