<#-- Every page of signing in: no script, so that the content security policy allows none but files of ours. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!doctype html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex, nofollow">
  <title>${msg("loginTitle", (realm.displayName!''))}</title>
  <link rel="icon" href="${url.resourcesPath}/img/mark.svg" type="image/svg+xml">
  <#list (properties.styles!'')?split(' ') as style>
  <link rel="stylesheet" href="${url.resourcesPath}/${style}">
  </#list>
</head>
<body>
  <header>
    <img src="${url.resourcesPath}/img/mark.svg" alt="" width="32" height="32">
    <span class="name">${realm.displayName!''}</span>
    <#if realm.internationalizationEnabled && (locale.supported?size gt 1)>
    <nav aria-label="${msg('languages')}">
      <#list locale.supported as one>
      <#if one.languageTag == locale.currentLanguageTag>
      <span aria-current="true" lang="${one.languageTag}">${one.label}</span>
      <#else>
      <a href="${one.url}" lang="${one.languageTag}" hreflang="${one.languageTag}">${one.label}</a>
      </#if>
      </#list>
    </nav>
    </#if>
  </header>
  <main>
    <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
    <#nested "show-username">
    <h1>${auth.attemptedUsername}</h1>
    <p><a href="${url.loginRestartFlowUrl}">${msg("restartLoginTooltip")}</a></p>
    <#else>
    <h1><#nested "header"></h1>
    </#if>
    <#if displayMessage && message?has_content && (message.type != 'warning' || !isAppInitiatedAction??)>
    <p class="message ${message.type}" role="<#if message.type == 'error'>alert<#else>status</#if>">${kcSanitize(message.summary)?no_esc}</p>
    </#if>
    <#nested "form">
    <#nested "socialProviders">
    <#if displayInfo>
    <div class="info"><#nested "info"></div>
    </#if>
  </main>
</body>
</html>
</#macro>
